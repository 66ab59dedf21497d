// Jenkins' forms write a label beside a field without tying it to the field: a screen reader would say "edit, blank".
// A block, since the snippet generator loads this again with every step that is chosen.
{
  const name = (field, label) => {
    if (field && label.trim() && !field.getAttribute("aria-label")) {
      field.setAttribute("aria-label", label.trim());
    }
  };

  Behaviour.specify(".model-delivery-form .jenkins-form-label", "model-delivery-labels", 0, (label) => {
    // Beside the label's own text there is the link to the help.
    const own = Array.from(label.childNodes).filter((node) => node.nodeType === Node.TEXT_NODE);
    const main = Array.from(label.parentElement.children).find((part) => part.matches(".setting-main, .jenkins-select"));
    if (main) {
      const fields = Array.from(main.querySelectorAll("input, select, textarea"));
      const field = fields.find((one) => one.type !== "hidden" && one.type !== "checkbox");
      name(field, own.map((node) => node.data).join(""));
    }
  });

  Behaviour.specify(".model-delivery-form .jenkins-checkbox", "model-delivery-labels", 0, (box) => {
    const label = box.querySelector("label");
    if (label) {
      name(box.querySelector("input"), label.textContent);
    }
  });
}
