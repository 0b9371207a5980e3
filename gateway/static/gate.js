// At the gate the sixth digit sends the code, and the button that comes next has the focus.

const field = document.querySelector("[data-code-form] input[name=code]");

field?.addEventListener("input", () => {
  const digits = field.value.replace(/\D/g, "");
  if (digits.length === 6) field.form.requestSubmit();
});

addEventListener("pageshow", () => {
  const first = document.querySelector("[data-light] [data-first]");
  if (first) {
    first.focus();
    first.closest("[data-light]").scrollIntoView({ block: "nearest" });
  } else {
    field?.select();
  }
});
