// The messages of what the policy editor says while somebody types, which is sent to the browser in French.
export const review = {
  Answer: 'Réponse',
  'In words': 'En clair',
  Tests: 'Tests',
  Error: 'Erreur',
  Warning: 'Avertissement',
  Note: 'Remarque',
  'Line {line}': 'Ligne {line}',
  'Not run': 'Non exécuté',
  Why: 'Pourquoi',
  'Not run: the document has errors.': 'Non exécutés : le document contient des erreurs.',
  'The test passes.': 'Le test réussit.',
  'All {count} tests pass.': 'Les {count} tests réussissent.',
  '{failing} of {count} test fails.': '{failing} test sur {count} échoue.',
  '{failing} of {count} tests fail.': 'Tests en échec : {failing} sur {count}.',
  'None. Ask the document a question, then keep it as a test: the policy is not saved here while a test fails.':
    'Aucun. Posez une question au document, puis gardez-la comme test : la stratégie n’est pas enregistrée ici tant qu’un test échoue.',
  'Edit test {number}': 'Modifier le test {number}',
  'Remove test {number}': 'Retirer le test {number}',
  Close: 'Fermer',
  'Selection deleted': 'Sélection supprimée',
} as const
