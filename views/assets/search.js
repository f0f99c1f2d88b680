// The search field of the console has the focus after Ctrl+K or ⌘K. Without this module it is reached like every other field.

document.addEventListener('keydown', (event) => {
  const { key, metaKey, ctrlKey, altKey, shiftKey } = event
  if (event.defaultPrevented || altKey || shiftKey || metaKey === ctrlKey || key.toLowerCase() !== 'k') return
  const field = document.querySelector('.find input[type="search"]')
  if (!field) return
  event.preventDefault()
  field.focus()
  field.select()
})
