// The messages of what the policy editor says while somebody types, which is sent to the browser in French.
export const review = {
  Answer: 'Réponse',
  'In words': 'En clair',
  Tests: 'Tests',
} as const
