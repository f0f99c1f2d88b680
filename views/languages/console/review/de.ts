// The messages of what the policy editor says while somebody types, which is sent to the browser in German.
export const review = {
  Answer: 'Antwort',
  'In words': 'In Worten',
  Tests: 'Tests',
} as const
