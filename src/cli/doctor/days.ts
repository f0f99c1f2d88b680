/** `1 day`, `2 days`. */
export const daysOf = (days: number): string => `${days} ${days === 1 ? 'day' : 'days'}`
