// The messages of what the policy editor says while somebody types, which is sent to the browser in German.
export const review = {
  Answer: 'Antwort',
  'In words': 'In Worten',
  Tests: 'Tests',
  Error: 'Fehler',
  Warning: 'Warnung',
  Note: 'Hinweis',
  'Line {line}': 'Zeile {line}',
  'Not run': 'Nicht ausgeführt',
  Why: 'Warum',
  'Not run: the document has errors.': 'Nicht ausgeführt: Das Dokument hat Fehler.',
  'The test passes.': 'Der Test ist bestanden.',
  'All {count} tests pass.': 'Alle {count} Tests sind bestanden.',
  '{failing} of {count} test fails.': '{failing} von {count} Test schlägt fehl.',
  '{failing} of {count} tests fail.': '{failing} von {count} Tests schlagen fehl.',
  'None. Ask the document a question, then keep it as a test: the policy is not saved here while a test fails.':
    'Keine. Stellen Sie dem Dokument eine Frage und behalten Sie diese als Test: Solange ein Test fehlschlägt, wird die Richtlinie hier nicht gespeichert.',
  'Edit test {number}': 'Test {number} bearbeiten',
  'Remove test {number}': 'Test {number} entfernen',
  Close: 'Schließen',
  'Selection deleted': 'Auswahl gelöscht',
} as const
