// Checks and imports without leaving the page, so that the chosen file stays chosen.

const form = document.querySelector("[data-import]");

form?.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (form.dataset.sent || button?.value === "save") return;
  event.preventDefault();
  button?.setAttribute("aria-busy", "true");
  try {
    const body = new FormData(form, button);
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const report = page.querySelector("#report");
    if (!report) throw new Error("no report");
    document.querySelector("#report").replaceWith(report);
    form.elements.request_key.value = page.querySelector("[name=request_key]").value;
    report.focus();
  } catch {
    // Without an answer, let the browser send the form: it says itself what is wrong.
    button?.removeAttribute("aria-busy");
    form.dataset.sent = "yes";
    form.submit();
    return;
  }
  button?.removeAttribute("aria-busy");
});
