// Browser and system from a `User-Agent`, for lists of devices, activity and messages. It may be forged, so nothing is decided by it,
// and names are of a fixed list, because the header is whatever its sender likes.

/** The first match counts: Edge and Opera name Chrome as well, and Chrome names Safari. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
]

/** Systems of phones and tablets, on which an authenticator app may run. */
const phones: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
]

const systems: readonly (readonly [RegExp, string])[] = [
  ...phones,
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

const firstOf = (table: readonly (readonly [RegExp, string])[], text: string): string | undefined =>
  table.find(([pattern]) => pattern.test(text))?.[1]

export interface Device {
  readonly browser: string | undefined
  readonly system: string | undefined
}

export function deviceOf(userAgent: string | undefined): Device {
  const text = (userAgent ?? '').slice(0, 512)
  return { browser: firstOf(browsers, text), system: firstOf(systems, text) }
}

/** `Firefox, Windows`; what is unknown is left out, and the result is empty when nothing is known. */
export const deviceName = (userAgent: string | undefined): string => {
  const { browser, system } = deviceOf(userAgent)
  return [browser, system].filter((part) => part !== undefined).join(', ')
}

/** The system of a phone or tablet; undefined for other browsers. */
export const phoneName = (userAgent: string | undefined): string | undefined =>
  firstOf(phones, (userAgent ?? '').slice(0, 512))
