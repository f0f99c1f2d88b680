// Times in forms: a number with its unit, such as `30 min` or `8 h`, where the API has seconds.

const units: ReadonlyMap<string, number> = new Map([
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['m', 60],
  ['s', 1],
])

/** Seconds; a number alone is seconds. Undefined for anything else. */
export function secondsOf(text: string): number | undefined {
  const [, number, unit = 's'] = /^(\d{1,10})\s*([a-z]+)?$/.exec(text.trim().toLowerCase()) ?? []
  const factor = units.get(unit)
  return number === undefined || factor === undefined ? undefined : Number(number) * factor
}

/** In the largest unit that is exact. */
export function durationText(seconds: number): string {
  const [unit = 's', factor = 1] = [...units].find(([, one]) => seconds > 0 && seconds % one === 0) ?? []
  return `${seconds / factor} ${unit}`
}
