"""Installs a Triton Inference Server with its Python backend: install_triton.py DIRECTORY

DIRECTORY/tritonserver starts it. Made of the wheel nvidia-pytriton, which holds the server, for Linux on x86-64. It needs
numpy below 2, while MLflow is tested with numpy 2: so the server gets a directory of its own, and numpy lies beside its
backend, where the processes of the models look first. Nothing else that the wheel asks for is needed.

Run it with the Python whose version the models shall run in. Ends with a reason if the server cannot run here.
"""

import pathlib
import shlex
import shutil
import subprocess
import sys
import sysconfig

WHEEL = "nvidia-pytriton==0.7.0"
NUMPY = "numpy==1.26.4"


def install(directory, requirement):
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
        + ["--only-binary", ":all:", "--upgrade", "--target", str(directory), requirement],
        check=True,
    )


def missing_libraries(program, library_path):
    listed = subprocess.run(
        ["ldd", str(program)], env={"LD_LIBRARY_PATH": library_path}, capture_output=True, text=True, check=True
    )
    return [line.split()[0] for line in listed.stdout.splitlines() if "not found" in line]


def main(directory):
    version = "%d.%d" % sys.version_info[:2]
    start = directory / "tritonserver"
    start.unlink(missing_ok=True)
    install(directory, WHEEL)
    server = directory / "pytriton" / "tritonserver"
    backend = server / "backends" / "python"
    install(backend, NUMPY)
    stub = server / "python_backend_stubs" / version / "triton_python_backend_stub"
    if not stub.exists():
        sys.exit(f"{WHEEL} has no Python backend for Python {version}")
    shutil.copy(stub, backend)
    libraries = f"{directory / 'nvidia_pytriton.libs'}:{sysconfig.get_config_var('LIBDIR')}"
    for program in (server / "bin" / "tritonserver", backend / stub.name):
        program.chmod(0o755)
        missing = missing_libraries(program, libraries)
        if missing:
            sys.exit(f"{program.name} needs {', '.join(missing)}")
    start.write_text(
        "#!/bin/sh\n"
        f"LD_LIBRARY_PATH={shlex.quote(libraries)} exec {shlex.quote(str(server / 'bin' / 'tritonserver'))}"
        f" --backend-directory={shlex.quote(str(server / 'backends'))} \"$@\"\n"
    )
    start.chmod(0o755)


if __name__ == "__main__":
    try:
        main(pathlib.Path(sys.argv[1]).absolute())
    except subprocess.CalledProcessError as e:
        sys.exit(f"{e.cmd[0]} failed with status {e.returncode}")
