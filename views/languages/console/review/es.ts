// The messages of what the policy editor says while somebody types, which is sent to the browser in Spanish.
export const review = {
  Answer: 'Respuesta',
  'In words': 'En palabras',
  Tests: 'Pruebas',
  Error: 'Error',
  Warning: 'Advertencia',
  Note: 'Nota',
  'Line {line}': 'Línea {line}',
  'Not run': 'No ejecutada',
  Why: 'Por qué',
  'Not run: the document has errors.': 'No ejecutadas: el documento tiene errores.',
  'The test passes.': 'La prueba se supera.',
  'All {count} tests pass.': 'Se superan las {count} pruebas.',
  '{failing} of {count} test fails.': 'Falla {failing} de {count} prueba.',
  '{failing} of {count} tests fail.': 'Fallan {failing} de {count} pruebas.',
  'None. Ask the document a question, then keep it as a test: the policy is not saved here while a test fails.':
    'Ninguna. Haz una pregunta al documento y consérvala como prueba: la política no se guarda aquí mientras falle una prueba.',
  'Edit test {number}': 'Editar la prueba {number}',
  'Remove test {number}': 'Quitar la prueba {number}',
  Close: 'Cerrar',
  'Selection deleted': 'Selección eliminada',
} as const
