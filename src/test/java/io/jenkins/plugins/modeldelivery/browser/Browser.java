package io.jenkins.plugins.modeldelivery.browser;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium. The binary is the one that {@code browser.binary} names, else the first that is found on the path;
 * the driver likewise.
 */
final class Browser implements AutoCloseable {
    /** Jenkins asks about one field after the other, and shows each answer by and by. */
    private static final String CHECKED =
            "return !window.FormChecker || FormChecker.inProgress === 0 && FormChecker.queue.length === 0";

    private static final List<String> BINARIES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final int HEIGHT = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String CONTENT = """
            const ends = [...document.querySelectorAll('#main-panel *, #tasks *')]
                .map(e => e.getBoundingClientRect()).filter(r => r.width > 0).map(r => r.bottom + scrollY);
            return {x: 0, y: 0, width: innerWidth, height: Math.ceil(Math.max(...ends)) + 24, scale: 1};
            """;

    private static final String PART = """
            const r = document.querySelector("%s").getBoundingClientRect();
            return {x: r.left - 12, y: r.top + scrollY - 12, width: r.width + 24, height: r.height + 24, scale: 1};
            """;

    private final ChromeDriver driver;
    private final String root;

    private Browser(ChromeDriver driver, String root) {
        this.driver = driver;
        this.root = root;
    }

    static Browser open(JenkinsRule jenkins) throws IOException {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(binary("browser.binary", BINARIES));
        // A container may have no room for shared memory, and its root may not have a sandbox.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(binary("browser.driver", List.of("chromedriver"))))
                .build();
        return new Browser(new ChromeDriver(service, options), jenkins.getURL().toString());
    }

    private static String binary(String property, List<String> names) {
        String named = System.getProperty(property, "");
        if (!named.isEmpty()) {
            return named;
        }
        return names.stream()
                .flatMap(name -> onPath(name).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("These tests need one of " + names
                        + " on the path. Install chromium and chromium-driver, or name it by -D" + property
                        + "=/path/to/it."));
    }

    private static Optional<String> onPath(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    ChromeDriver driver() {
        return driver;
    }

    /** @param width of the window in CSS pixels; @param scale device pixels to one of these */
    void size(int width, double scale) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", scale, "mobile", false));
    }

    /** @param scheme {@code light} or {@code dark} */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Ends the session of a user who was signed in before. */
    void login(String user) {
        driver.manage().deleteAllCookies();
        driver.get(root + "login");
        driver.findElement(By.name("j_username")).sendKeys(user);
        driver.findElement(By.name("j_password")).sendKeys(user);
        driver.findElement(By.name("Submit")).click();
        until("the login of " + user, () -> !driver.getCurrentUrl().matches(".*(login|j_spring).*"));
    }

    /** @param path relative to Jenkins */
    void go(String path) {
        driver.get(root + path);
    }

    /** What the page has written to the console since this was asked last, warnings and errors. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** As a keyboard does, wherever the focus is then: the page may put another element in the place of the one that had it. */
    void press(CharSequence keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** What one reads on the page, without what Jenkins has around it. */
    String text() {
        return driver.findElement(By.id("main-panel")).getText();
    }

    /** What a promise comes to. */
    Object answer(String script) {
        return driver.executeAsyncScript("const done = arguments[arguments.length - 1];" + "(async () => { " + script
                + " })().then(done, e => done(String(e)));");
    }

    /** Until scripts that run on a page's load have run, fields are checked, and nothing fades in any more. */
    void settle() {
        until("the page has loaded", () -> "complete".equals(script("return document.readyState")));
        until("all fields are checked", () -> Boolean.TRUE.equals(script(CHECKED)));
        answer("""
                await new Promise(r => requestAnimationFrame(() => setTimeout(r, 100)));
                const ends = a => Number.isFinite(a.effect.getComputedTiming().endTime);
                await Promise.allSettled(document.getAnimations().filter(ends).map(a => a.finished));
                """);
    }

    void until(String what, BooleanSupplier condition) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(what)
                // Between one page and the next.
                .ignoring(StaleElementReferenceException.class, NoSuchElementException.class)
                .until(d -> condition.getAsBoolean());
    }

    /** The whole page, down to where its content ends. */
    void picture(Path file) throws IOException {
        write(file, CONTENT);
    }

    /** @param selector of the one element that is shown, with a little around it */
    void pictureOf(String selector, Path file) throws IOException {
        write(file, PART.formatted(selector));
    }

    private void write(Path file, String clip) throws IOException {
        Map<String, Object> taken = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", script(clip)));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, OutputType.BYTES.convertFromBase64Png((String) taken.get("data")));
    }

    @Override
    public void close() {
        driver.quit();
    }

    @Override
    public String toString() {
        return Arrays.asList(driver.getCapabilities().getBrowserName(), root).toString();
    }
}
