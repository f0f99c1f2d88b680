// Dates and times in the time zone of the browser; the title keeps the one in UTC. Without this module they are in UTC.

const { lang } = document.documentElement
const zoned = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

for (const time of document.querySelectorAll('time[datetime]')) {
  time.title = time.textContent
  time.textContent = zoned.format(new Date(time.dateTime))
}
