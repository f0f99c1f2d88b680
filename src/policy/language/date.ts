// Date values of conditions: the W3C profile of ISO 8601, or seconds since 1970. As AWS does, a date may end with `T`, and the
// zone may lack its minutes.

const iso =
  /^(\d{4}|\d\d(?=T$))(?:-(\d\d)(?:-(\d\d)(?:T(?:(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::\d\d)?))?)?)?|T)?$/

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
  const utc = Date.parse(`${year?.padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}.${millis}Z`)
  // Date.parse turns 30 February into 1 March; reject such dates.
  if (Number.isNaN(utc) || new Date(utc).getUTCDate() !== Number(day) || hour === '24') return undefined
  return utc - offsetOf(zone)
}

/** AWS reads epoch seconds as a number of 64 bits. */
const maxEpoch = 9_223_372_036_854_775_807n
/** The last moment of a Date, after every moment of a request. */
const lastMoment = 8.64e15

/**
 * Like `readDate`, for a value that is written in a policy: as at AWS the letters may be small, the hour and the year short
 * (`2016-12-13t2:00Z`), and epoch seconds of up to 64 bits.
 */
export function readWrittenDate(text: string): number | undefined {
  if (/^\d{13,19}$/.test(text)) return BigInt(text) <= maxEpoch ? lastMoment : undefined
  if (text.length > 64) return undefined
  const padded = text
    .toUpperCase()
    .replace(/^\d{1,3}(?=[-T])/, (year) => year.padStart(4, '0'))
    .replace(/T(\d):/, 'T0$1:')
  return readDate(padded)
}

function readEpoch(text: string): number | undefined {
  return /^-?\d{1,12}(\.\d{1,9})?$/.test(text) ? Number(text) * 1000 : undefined
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6) || 0)
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}
