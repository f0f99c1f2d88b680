// The messages of what the policy editor says while somebody types, which is sent to the browser in Spanish.
export const review = {
  Answer: 'Respuesta',
  'In words': 'En palabras',
  Tests: 'Pruebas',
} as const
