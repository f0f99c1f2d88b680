// What fields do beyond HTML: a password can be shown, caps lock is reported, a six-digit code submits its form, and codes are printed.
// Without this module the pages work as they are.

for (const button of document.querySelectorAll('button[data-reveal]')) {
  const input = document.getElementById(button.dataset.reveal)
  const { hide } = button.dataset
  const show = button.textContent
  button.hidden = false
  button.addEventListener('click', () => {
    const shown = input.type === 'password'
    input.type = shown ? 'text' : 'password'
    button.textContent = shown ? hide : show
    input.focus()
  })
  // Password managers keep what is sent as a password.
  input.form.addEventListener('submit', () => {
    input.type = 'password'
    button.textContent = show
  })
}

for (const note of document.querySelectorAll('[data-caps]')) {
  const input = document.getElementById(note.dataset.caps)
  const look = (event) => {
    note.hidden = !event.getModifierState?.('CapsLock')
  }
  input.addEventListener('keydown', look)
  input.addEventListener('keyup', look)
  input.addEventListener('blur', () => {
    note.hidden = true
  })
}

for (const input of document.querySelectorAll('input[autocomplete="one-time-code"]')) {
  const { form } = input
  let isSent = false
  // A code works once: a second submission, as by Enter, would be refused.
  form.addEventListener('submit', (event) => {
    if (isSent) event.preventDefault()
    isSent = true
  })
  addEventListener('pageshow', () => {
    isSent = false
  })
  // Whoever still has something to choose presses the button.
  if (form.querySelector('input[type="checkbox"]')) continue
  input.addEventListener('input', () => {
    if (/^[0-9]{6}$/.test(input.value.replaceAll(' ', ''))) form.requestSubmit()
  })
}

for (const button of document.querySelectorAll('button[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}
