// Further texts of the policy engine in German: decisions, trust policies, comparisons. `{name}` stands for any text, `{Name}` for what
// engine/kinds.ts says.
export const policy = {
  'Allows {principals} to do {Actions} on {where}, only if {Conditions}.':
    'Erlaubt {principals} {Actions} für {where}, nur wenn gilt: {Conditions}.',
  'Allows {principals} to do {Actions} on {where}.': 'Erlaubt {principals} {Actions} für {where}.',
  'Allows {principals} to do {Actions}, only if {Conditions}.':
    'Erlaubt {principals} {Actions}, nur wenn gilt: {Conditions}.',
  'Allows {principals} to do {Actions}.': 'Erlaubt {principals} {Actions}.',
  'Denies {principals} {Actions} on {where}, if {Conditions}.':
    'Verbietet {principals} {Actions} für {where}, wenn gilt: {Conditions}.',
  'Denies {principals} {Actions} on {where}.': 'Verbietet {principals} {Actions} für {where}.',
  'Denies {principals} {Actions}, if {Conditions}.':
    'Verbietet {principals} {Actions}, wenn gilt: {Conditions}.',
  'Denies {principals} {Actions}.': 'Verbietet {principals} {Actions}.',
  everyone: 'allen',
  'everyone except {Names}': 'allen außer {Names}',
  'every identity provider': 'allen Identitätsanbietern',
  'the account `{account}`': 'dem Konto `{account}`',
  'tokens of `{issuer}`': 'Token von `{issuer}`',
  'people of the SAML provider `{provider}`': 'Personen des SAML-Anbieters `{provider}`',
  'identities of `{provider}`': 'Identitäten von `{provider}`',
  'the service `{service}`': 'dem Dienst `{service}`',
  '{Decision}; {change}': '{Decision}; {change}',
  'denied because {Layer} do not allow it': 'verweigert, denn {Layer} erlauben es nicht',
  'denied by {Statements} of {Layer}': 'verweigert durch {Statements} ({Layer})',
  'allowed by {Statements}': 'erlaubt durch {Statements}',
  'allowed without a statement, as the account root or an action that needs no permission':
    'erlaubt ohne Anweisung: als Kontowurzel oder weil die Aktion keine Berechtigung braucht',
  "the account's guardrail": 'die Leitplanke des Kontos',
  'the resource policy': 'die Ressourcenrichtlinie',
  "the role's trust policy": 'die Vertrauensrichtlinie der Rolle',
  'the permissions boundary': 'die Berechtigungsgrenze',
  'the session policy': 'die Sitzungsrichtlinie',
  "the account root's implicit permission": 'die implizite Berechtigung der Kontowurzel',
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
  '{Label} trusts every token of `{provider}`: no condition restricts the subject':
    '{Label} vertraut jedem Token von `{provider}`: Keine Bedingung schränkt das Subject ein',
  '{Label} takes tokens of `{provider}` issued for any audience':
    '{Label} nimmt Token von `{provider}` für jede Audience an',
  'subject `{subject}` has a wildcard before the owner is complete: anyone who can get a token from this issuer may match it':
    'das Subject `{subject}` hat einen Platzhalter, bevor der Eigentümer vollständig ist: Wer immer ein Token dieses Ausstellers bekommt, kann darauf passen',
  'write out the owner up to its separator, such as `repo:acme/docs:*`':
    'schreiben Sie den Eigentümer bis zum Trennzeichen aus, etwa `repo:acme/docs:*`',
  '{Label} applies to everyone, including other accounts, and no condition restricts the caller':
    '{Label} gilt für alle, auch für andere Konten, und keine Bedingung schränkt den Aufrufer ein',
  'name the principals, or add a condition on `aws:PrincipalArn` or `aws:PrincipalAccount`':
    'nennen Sie die Prinzipale, oder ergänzen Sie eine Bedingung auf `aws:PrincipalArn` oder `aws:PrincipalAccount`',
  '{Label} allows everyone except those listed, including anonymous callers':
    '{Label} erlaubt es allen außer den genannten, auch anonymen Aufrufern',
  'list the allowed principals under `Principal`': 'nennen Sie die erlaubten Prinzipale unter `Principal`',
  '`{name}` trusts the whole account: anyone it grants `sts:AssumeRole` may assume the role':
    '`{name}` vertraut dem ganzen Konto: Wem es `sts:AssumeRole` erlaubt, der darf die Rolle annehmen',
  'name users or roles, or require `sts:ExternalId` or `aws:PrincipalTag/…`':
    'nennen Sie Benutzer oder Rollen, oder verlangen Sie `sts:ExternalId` oder `aws:PrincipalTag/…`',
  'no token has the key `{key}`: keys are written without `https://`':
    'kein Token hat den Schlüssel `{key}`: Schlüssel werden ohne `https://` geschrieben',
  'no token of `{issuer}` has the key `{key}`, which is of another issuer':
    'kein Token von `{issuer}` hat den Schlüssel `{key}`, der zu einem anderen Aussteller gehört',
  '{Label} never applies: a federated principal cannot call `sts:AssumeRole`':
    '{Label} gilt nie: Ein föderierter Prinzipal kann `sts:AssumeRole` nicht aufrufen',
  '`{element}` is not allowed in {kind}: the resource is the role':
    '`{element}` ist in {kind} nicht erlaubt: Die Ressource ist die Rolle',
  '`{element}` is not allowed in {kind}, expected {Names}':
    '`{element}` ist in {kind} nicht erlaubt, erwartet: {Names}',
  'a resource policy': 'einer Ressourcenrichtlinie',
  'a trust policy': 'einer Vertrauensrichtlinie',
  'a session policy': 'einer Sitzungsrichtlinie',
  'a permissions boundary': 'einer Berechtigungsgrenze',
  'a guardrail': 'einer Leitplanke',
  'principal `{name}`': 'Prinzipal `{name}`',
  'action `{name}` in a trust policy': 'Aktion `{name}` in einer Vertrauensrichtlinie',
  'empty object': 'leeres Objekt',
  'a principal': 'ein Prinzipal',
  '`*` or an object such as `{"AWS": …}`': '`*` oder ein Objekt wie `{"AWS": …}`',
  'an `sts:` action': 'eine `sts:`-Aktion',
  'one that assumes a role': 'eine, die eine Rolle annimmt',
  'one colon': 'ein Doppelpunkt',
  'an ARN or `*`': 'eine ARN oder `*`',
  'the partition `aws`': 'die Partition `aws`',
  "a service's name after the partition": 'der Name eines Dienstes hinter der Partition',
  'no region: `{form}`': 'keine Region: `{form}`',
  '`*`, `root` or a kind such as `user/`': '`*`, `root` oder eine Art wie `user/`',
  'a user, role or account: a group is not a principal':
    'ein Benutzer, eine Rolle oder ein Konto: Eine Gruppe ist kein Prinzipal',
  '`*` alone or a whole name: wildcards are not allowed in a principal':
    '`*` allein oder ein ganzer Name: Platzhalter sind in einem Prinzipal nicht erlaubt',
  '`*`, 12 digits, or the ARN or unique id of a user, role, session or account':
    '`*`, 12 Ziffern oder die ARN oder eindeutige ID eines Benutzers, einer Rolle, Sitzung oder eines Kontos',
  "a service's name": 'der Name eines Dienstes',
  "a provider's ARN": 'die ARN eines Anbieters',
  'a canonical user id': 'eine kanonische Benutzer-ID',
  '{sentence} policy document has 1 fault: {Faults}.':
    'Das Dokument der Richtlinie hat 1 Fehler: {Faults}. (AWS: {sentence})',
  '{sentence} policy document has {count} faults: {Faults}.':
    'Das Dokument der Richtlinie hat {count} Fehler: {Faults}. (AWS: {sentence})',
  '{sentence} policy document has 1 fault: {Faults}':
    'das Dokument der Richtlinie hat 1 Fehler: {Faults} (AWS: {sentence})',
  '{sentence} policy document has {count} faults: {Faults}':
    'das Dokument der Richtlinie hat {count} Fehler: {Faults} (AWS: {sentence})',
  'policy document has 1 fault: {Faults}': 'das Dokument der Richtlinie hat 1 Fehler: {Faults}',
  'policy document has {count} faults: {Faults}': 'das Dokument der Richtlinie hat {count} Fehler: {Faults}',
  '{Faults}; and {count} more': '{Faults}; und {count} weitere',
  '{earlier}; line {LineNumber}, column {ColumnNumber}: {fault}':
    '{earlier}; Zeile {LineNumber}, Spalte {ColumnNumber}: {fault}',
  'line {LineNumber}, column {ColumnNumber}: {fault}': 'Zeile {LineNumber}, Spalte {ColumnNumber}: {fault}',
  'role `{role}`: {risk}': 'Rolle `{role}`: {risk}',
  '{Failed}; and {count} more': '{Failed}; und {count} weitere',
  '{Failed}; {Failed2}': '{Failed}; {Failed2}',
  '{Label}: {failed}': '{Label}: {failed}',
  '{Operator} of `{key}`': '{Operator} von `{key}`',
  '{Labels}, {Label}': '{Labels}, {Label}',
  '{Action} {Allowed}': '{Action}: {Allowed}',
} as const
