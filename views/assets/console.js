// Of every page of the console. Without this module the search field is reached like every other field, and fields propose what is
// on the page.

document.addEventListener('keydown', (event) => {
  const { key, metaKey, ctrlKey, altKey, shiftKey } = event
  if (event.defaultPrevented || altKey || shiftKey || metaKey === ctrlKey || key.toLowerCase() !== 'k') return
  const field = document.querySelector('.find input[type="search"]')
  if (!field) return
  event.preventDefault()
  field.focus()
  field.select()
})

/** Milliseconds after the last key. */
const pause = 150

/** Proposes names of what there is in a field with `data-suggest`. */
class Suggesting {
  #field
  #onPage
  #timer
  #asked

  constructor(field) {
    this.#field = field
    this.#onPage = [...field.list.options].map(({ value, label }) => ({ value, label }))
  }

  later() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#now().catch(() => undefined), pause)
  }

  async #now() {
    const { dataset, value, list } = this.#field
    // Of several names the last one is being typed.
    const at = 'suggestMany' in dataset ? value.lastIndexOf(',') + 1 : 0
    const before = value.slice(0, at)
    const typed = value.slice(at).trim()
    const found = 'suggestMore' in dataset ? await this.#read(typed) : this.#onPage
    if (found === undefined) return
    list.replaceChildren(
      ...found.map((one) => {
        const option = document.createElement('option')
        option.value = before === '' ? one.value : `${before} ${one.value}`
        if (one.label !== undefined && one.label !== one.value) option.label = one.label
        return option
      }),
    )
  }

  async #read(typed) {
    this.#asked?.abort()
    this.#asked = new AbortController()
    const select = document.getElementById(this.#field.dataset.suggestSelect ?? '')
    const of = select?.value ?? this.#field.dataset.suggest
    const answer = await fetch(`/console/suggest?${new URLSearchParams({ of, q: typed })}`, {
      redirect: 'manual',
      signal: this.#asked.signal,
    })
    return answer.ok ? answer.json() : undefined
  }
}

for (const field of document.querySelectorAll('input[data-suggest]')) {
  const suggesting = new Suggesting(field)
  field.addEventListener('input', () => suggesting.later())
  field.addEventListener('focus', () => suggesting.later())
}

// Times are written in UTC. Here they are shown in the time zone that the reader has chosen, or else in that of the browser; what
// they are in UTC is their title.
const chosen = document.querySelector('[data-zone]')?.dataset.zone
// As the pages of the server have them (views/translate.ts).
const locale = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang
const shape = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }

function formatIn(timeZone, options) {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone })
  } catch {
    // A zone that this browser does not know.
    return new Intl.DateTimeFormat(locale, options)
  }
}

const inZone = formatIn(chosen, { ...shape, timeZoneName: 'short' })
const hourInZone = formatIn(chosen, { hour: '2-digit', minute: '2-digit' })

function showTimes(inside) {
  for (const time of inside.querySelectorAll('time[datetime]:not([title])')) {
    time.title = time.textContent
    time.textContent = inZone.format(new Date(time.dateTime))
  }
  for (const hour of inside.querySelectorAll('[data-time]'))
    hour.textContent = hourInZone.format(new Date(hour.dataset.time))
}

showTimes(document)
