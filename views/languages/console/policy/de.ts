// Further texts of the policy engine in German: decisions, trust policies, comparisons. `{name}` stands for any text, `{Name}` for what
// engine/kinds.ts says.
export const policy = {
  'Allows {who} to do {Actions} on {where}, only if {Conditions}.':
    'Erlaubt {who} {Actions} für {where}, nur wenn gilt: {Conditions}.',
  'Allows {who} to do {Actions} on {where}.': 'Erlaubt {who} {Actions} für {where}.',
  'Allows {who} to do {Actions}, only if {Conditions}.':
    'Erlaubt {who} {Actions}, nur wenn gilt: {Conditions}.',
  'Allows {who} to do {Actions}.': 'Erlaubt {who} {Actions}.',
  'Denies {who} {Actions} on {where}, if {Conditions}.':
    'Verbietet {who} {Actions} für {where}, wenn gilt: {Conditions}.',
  'Denies {who} {Actions} on {where}.': 'Verbietet {who} {Actions} für {where}.',
  'Denies {who} {Actions}, if {Conditions}.': 'Verbietet {who} {Actions}, wenn gilt: {Conditions}.',
  'Denies {who} {Actions}.': 'Verbietet {who} {Actions}.',
  everyone: 'allen',
  'everyone except {Names}': 'allen außer {Names}',
  'every identity provider': 'allen Identitätsanbietern',
  'the account `{account}`': 'dem Konto `{account}`',
  'tokens of `{issuer}`': 'Tokens von `{issuer}`',
  'people of the SAML provider `{provider}`': 'Personen des SAML-Anbieters `{provider}`',
  'identities of `{provider}`': 'Identitäten von `{provider}`',
  'the service `{service}`': 'dem Dienst `{service}`',
  '{Decision}; {change}': '{Decision}; {change}',
  'denied because {Layer} do not allow it': 'abgelehnt, denn {Layer} erlauben es nicht',
  'denied by {Statements} of {Layer}': 'abgelehnt durch {Statements} ({Layer})',
  'allowed by {Statements}': 'erlaubt durch {Statements}',
  'allowed without a statement, as the account root or an action that needs no permission':
    'erlaubt ohne Anweisung: als Kontowurzel oder weil die Aktion keine Berechtigung braucht',
  "the account's guardrail": 'die Leitplanke des Kontos',
  'the resource policy': 'die Ressourcenrichtlinie',
  "the role's trust policy": 'die Vertrauensrichtlinie der Rolle',
  'the permissions boundary': 'die Berechtigungsgrenze',
  'the session policy': 'die Sitzungsrichtlinie',
  "the account root's implicit permission": 'das implizite Recht der Kontowurzel',
  'the account': 'das Konto',
  '`{action}` by `{principal}`': '`{action}` durch `{principal}`',
  'with {KeyValues}': 'mit {KeyValues}',
  'the patterns can overlap in too many ways': 'die Muster können sich auf zu viele Arten überschneiden',
  'too many principals are named': 'es sind zu viele Prinzipale genannt',
  'there are too many combinations to look at': 'es gibt zu viele Kombinationen',
  'it depends on {what}, and no request was found as evidence':
    'es hängt von {what} ab, und es wurde keine Anfrage als Beleg gefunden',
  '{failing} of {count} test fails: change the document, or change or remove the test':
    '{failing} von {count} Test schlägt fehl: Ändern Sie das Dokument, oder ändern oder entfernen Sie den Test',
  '{failing} of {count} tests fail: change the document, or change or remove the test':
    '{failing} von {count} Tests schlagen fehl: Ändern Sie das Dokument, oder ändern oder entfernen Sie den Test',
  'the tests of this form cannot be read: open it anew':
    'die Tests dieses Formulars sind nicht lesbar: Öffnen Sie es neu',
  'somebody changed the policy or its tests since this form was opened: compare below with what is in force now, then open the editor anew':
    'die Richtlinie oder ihre Tests wurden geändert, seit dieses Formular geöffnet wurde: Vergleichen Sie unten mit dem, was jetzt gilt, und öffnen Sie den Editor neu',
  'the policy or its tests were changed since they were read':
    'die Richtlinie oder ihre Tests wurden geändert, seit sie gelesen wurden',
  'the description must have at most 1000 characters': 'die Beschreibung darf höchstens 1000 Zeichen haben',
  'the document is too long': 'das Dokument ist zu lang',
  'expected a list of tests, or an object with `tests`':
    'erwartet wird eine Liste von Tests oder ein Objekt mit `tests`',
  'a policy has at most {count} tests': 'eine Richtlinie hat höchstens {count} Tests',
  'the tests of a policy have at most {count} bytes':
    'die Tests einer Richtlinie haben höchstens {count} Byte',
  'a test is an object': 'ein Test ist ein Objekt',
  'a test has no member `{name}`': 'ein Test hat kein Feld `{name}`',
  'must have the form `service:Action`, without wildcards':
    'muss die Form `service:Action` haben, ohne Platzhalter',
  'must be 1 to {most} characters: an ARN, or `*`': 'muss 1 bis {most} Zeichen haben: eine ARN oder `*`',
  'must be an object of at most {most} condition keys with texts or lists of texts':
    'muss ein Objekt mit höchstens {most} Bedingungsschlüsseln sein, mit Texten oder Listen von Texten',
  'must be `allow` or `deny`': 'muss `allow` oder `deny` sein',
  'must be the ARN of a user, role, session, account or provider, a service such as `jobs.example`, or `anonymous`':
    'muss die ARN eines Benutzers, einer Rolle, Sitzung, eines Kontos oder Anbieters sein, ein Dienst wie `jobs.example` oder `anonymous`',
  '{Dependencies} and {Dependencies2}': '{Dependencies} und {Dependencies2}',
  '`{operator}` of `{key}` with `{values}` taken literally':
    '`{operator}` von `{key}` mit dem wörtlichen Wert `{values}`',
  '`{operator}` of `{key}` with `{values}`': '`{operator}` von `{key}` mit `{values}`',
  '`NotResource` with {Names}': '`NotResource` mit {Names}',
  'a class of requests that the engine decides differently':
    'einer Art von Anfragen, über die die Engine anders entscheidet',
} as const
