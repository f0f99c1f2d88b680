// Date values of conditions: the W3C profile of ISO 8601, or seconds since 1970.

const iso =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d))?)?)?$/

/**
 * Milliseconds since 1970, or undefined when the text is not a date. Four digits alone are a year; any other number is
 * epoch seconds.
 */
export function readDate(text: string): number | undefined {
  const parts = iso.exec(text)
  if (parts === null) return readEpoch(text)
  const [
    ,
    year,
    month = '01',
    day = '01',
    hour = '00',
    minute = '00',
    second = '00',
    fraction = '',
    zone = 'Z',
  ] = parts
  const millis = fraction.padEnd(3, '0').slice(0, 3)
  const utc = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}Z`)
  // Date.parse turns 30 February into 1 March; reject such dates.
  if (Number.isNaN(utc) || new Date(utc).getUTCDate() !== Number(day) || hour === '24') return undefined
  return utc - offsetOf(zone)
}

function readEpoch(text: string): number | undefined {
  return /^-?\d{1,12}(\.\d{1,9})?$/.test(text) ? Number(text) * 1000 : undefined
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}
