// Buttons that copy a text, and the time that is left of credentials. Without this module the text can be selected, and the page
// says when the credentials end.

for (const button of document.querySelectorAll('button[data-copy]')) {
  // Undefined on plain http, except on this machine.
  if (!navigator.clipboard) break
  const { copy, done } = button.dataset
  const label = button.textContent
  button.hidden = false
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(copy).innerText)
      button.textContent = done
      setTimeout(() => {
        button.textContent = label
      }, 2000)
    } catch {
      getSelection().selectAllChildren(document.getElementById(copy))
    }
  })
}

const two = (number) => String(number).padStart(2, '0')

function countDown(element) {
  const { ends, text, over } = element.dataset
  const show = () => {
    const left = Math.max(0, Math.ceil(Number(ends) - Date.now() / 1000))
    const [hours, minutes] = [Math.floor(left / 3600), Math.floor(left / 60) % 60]
    const time = `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(left % 60)}`
    element.textContent = left === 0 ? over : text.replace('…', time)
    element.classList.toggle('bad', left === 0)
    if (left > 0) setTimeout(show, 1000)
  }
  show()
  element.hidden = false
}

for (const element of document.querySelectorAll('[data-ends]')) countDown(element)
