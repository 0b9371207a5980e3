// At the gate the sixth digit sends the code; after each step the right place has the focus.

const field = document.querySelector("[data-code-form] input[name=code]");

field?.addEventListener("input", () => {
  const digits = field.value.replace(/\D/g, "");
  if (digits.length === 6) field.form.requestSubmit();
});

addEventListener("pageshow", () => {
  const light = document.querySelector("[data-light]");
  if (light) {
    // Not its button: a scanner that ends with Enter must not hand a child over unseen.
    light.focus({ preventScroll: true });
  } else {
    field?.select();
  }
});
