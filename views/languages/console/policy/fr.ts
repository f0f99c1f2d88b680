// Further texts of the policy engine in French: decisions, trust policies, comparisons. `{name}` stands for any text, `{Name}` for what
// engine/kinds.ts says.
export const policy = {
  'Allows {principals} to do {Actions} on {where}, only if {Conditions}.':
    'Autorise {principals} à effectuer {Actions} sur {where}, seulement si {Conditions}.',
  'Allows {principals} to do {Actions} on {where}.':
    'Autorise {principals} à effectuer {Actions} sur {where}.',
  'Allows {principals} to do {Actions}, only if {Conditions}.':
    'Autorise {principals} à effectuer {Actions}, seulement si {Conditions}.',
  'Allows {principals} to do {Actions}.': 'Autorise {principals} à effectuer {Actions}.',
  'Denies {principals} {Actions} on {where}, if {Conditions}.':
    'Empêche {principals} d’effectuer {Actions} sur {where} si {Conditions}.',
  'Denies {principals} {Actions} on {where}.': 'Empêche {principals} d’effectuer {Actions} sur {where}.',
  'Denies {principals} {Actions}, if {Conditions}.':
    'Empêche {principals} d’effectuer {Actions} si {Conditions}.',
  'Denies {principals} {Actions}.': 'Empêche {principals} d’effectuer {Actions}.',
  everyone: 'tout le monde',
  'everyone except {Names}': 'tout le monde sauf {Names}',
  'every identity provider': 'tous les fournisseurs d’identité',
  'the account `{account}`': 'le compte `{account}`',
  'tokens of `{issuer}`': 'les jetons de `{issuer}`',
  'people of the SAML provider `{provider}`': 'les personnes du fournisseur SAML `{provider}`',
  'identities of `{provider}`': 'les identités de `{provider}`',
  'the service `{service}`': 'le service `{service}`',
  '{Decision}; {change}': '{Decision} ; {change}',
  'denied because {Layer} do not allow it': 'refusé car {Layer} ne l’autorisent pas',
  'denied by {Statements} of {Layer}': 'refusé par {Statements} ({Layer})',
  'allowed by {Statements}': 'autorisé par {Statements}',
  'allowed without a statement, as the account root or an action that needs no permission':
    'autorisé sans déclaration : racine du compte, ou action qui ne demande aucune autorisation',
  "the account's guardrail": 'le garde-fou du compte',
  'the resource policy': 'la stratégie de ressource',
  "the role's trust policy": 'la stratégie de confiance du rôle',
  'the permissions boundary': 'la limite d’autorisations',
  'the session policy': 'la stratégie de session',
  "the account root's implicit permission": 'l’autorisation implicite de la racine du compte',
  'the account': 'le compte',
  '`{action}` by `{principal}`': '`{action}` par `{principal}`',
  'with {KeyValues}': 'avec {KeyValues}',
  'the patterns can overlap in too many ways': 'les motifs peuvent se recouper de trop de façons',
  'too many principals are named': 'trop de principaux sont nommés',
  'there are too many combinations to look at': 'il y a trop de combinaisons à examiner',
  'it depends on {what}, and no request was found as evidence':
    'cela dépend de {what}, et aucune requête n’a été trouvée comme preuve',
  '{failing} of {count} test fails: change the document, or change or remove the test':
    '{failing} test sur {count} échoue : modifiez le document, ou modifiez ou retirez le test',
  '{failing} of {count} tests fail: change the document, or change or remove the test':
    '{failing} tests sur {count} échouent : modifiez le document, ou modifiez ou retirez le test',
  'the tests of this form cannot be read: open it anew':
    'les tests de ce formulaire sont illisibles : rouvrez-le',
  'somebody changed the policy or its tests since this form was opened: compare below with what is in force now, then open the editor anew':
    'quelqu’un a modifié la stratégie ou ses tests depuis l’ouverture de ce formulaire : comparez ci-dessous avec ce qui est en vigueur, puis rouvrez l’éditeur',
  'the policy or its tests were changed since they were read':
    'la stratégie ou ses tests ont été modifiés depuis leur lecture',
  'the description must have at most 1000 characters': 'la description doit avoir au plus 1000 caractères',
  'the document is too long': 'le document est trop long',
  'expected a list of tests, or an object with `tests`':
    'une liste de tests est attendue, ou un objet avec `tests`',
  'a policy has at most {count} tests': 'une stratégie a au plus {count} tests',
  'the tests of a policy have at most {count} bytes': 'les tests d’une stratégie font au plus {count} octets',
  'a test is an object': 'un test est un objet',
  'a test has no member `{name}`': 'un test n’a pas de membre `{name}`',
  'must have the form `service:Action`, without wildcards':
    'doit avoir la forme `service:Action`, sans caractère générique',
  'must be 1 to {most} characters: an ARN, or `*`': 'doit avoir de 1 à {most} caractères : un ARN, ou `*`',
  'must be an object of at most {most} condition keys with texts or lists of texts':
    'doit être un objet d’au plus {most} clés de condition, avec des textes ou des listes de textes',
  'must be `allow` or `deny`': 'doit être `allow` ou `deny`',
  'must be the ARN of a user, role, session, account or provider, a service such as `jobs.example`, or `anonymous`':
    'doit être l’ARN d’un utilisateur, d’un rôle, d’une session, d’un compte ou d’un fournisseur, un service comme `jobs.example`, ou `anonymous`',
  '{Dependencies} and {Dependencies2}': '{Dependencies} et {Dependencies2}',
  '`{operator}` of `{key}` with `{values}` taken literally':
    '`{operator}` de `{key}` avec `{values}` pris à la lettre',
  '`{operator}` of `{key}` with `{values}`': '`{operator}` de `{key}` avec `{values}`',
  '`NotResource` with {Names}': '`NotResource` avec {Names}',
  'a class of requests that the engine decides differently':
    'une classe de requêtes que le moteur décide autrement',
  '{Label} trusts every token of `{provider}`: no condition restricts the subject':
    '{Label} fait confiance à tous les jetons de `{provider}` : aucune condition ne restreint le sujet',
  '{Label} takes tokens of `{provider}` issued for any audience':
    '{Label} accepte des jetons de `{provider}` émis pour n’importe quelle audience',
  'subject `{subject}` has a wildcard before the owner is complete: anyone who can get a token from this issuer may match it':
    'le sujet `{subject}` a un caractère générique avant la fin du propriétaire : quiconque obtient un jeton de cet émetteur peut y correspondre',
  'write out the owner up to its separator, such as `repo:acme/docs:*`':
    'écrivez le propriétaire jusqu’à son séparateur, comme `repo:acme/docs:*`',
  '{Label} applies to everyone, including other accounts, and no condition restricts the caller':
    '{Label} s’applique à tout le monde, y compris aux autres comptes, et aucune condition ne restreint l’appelant',
  'name the principals, or add a condition on `aws:PrincipalArn` or `aws:PrincipalAccount`':
    'nommez les principaux, ou ajoutez une condition sur `aws:PrincipalArn` ou `aws:PrincipalAccount`',
  '{Label} allows everyone except those listed, including anonymous callers':
    '{Label} autorise tout le monde sauf ceux de la liste, y compris les appelants anonymes',
  'list the allowed principals under `Principal`': 'énumérez les principaux autorisés sous `Principal`',
  '`{name}` trusts the whole account: anyone it grants `sts:AssumeRole` may assume the role':
    '`{name}` fait confiance à tout le compte : quiconque y reçoit `sts:AssumeRole` peut endosser le rôle',
  'name users or roles, or require `sts:ExternalId` or `aws:PrincipalTag/…`':
    'nommez des utilisateurs ou des rôles, ou exigez `sts:ExternalId` ou `aws:PrincipalTag/…`',
  'no token has the key `{key}`: keys are written without `https://`':
    'aucun jeton n’a la clé `{key}` : les clés s’écrivent sans `https://`',
  'no token of `{issuer}` has the key `{key}`, which is of another issuer':
    'aucun jeton de `{issuer}` n’a la clé `{key}`, qui est celle d’un autre émetteur',
  '{Label} never applies: a federated principal cannot call `sts:AssumeRole`':
    '{Label} ne s’applique jamais : un principal fédéré ne peut pas appeler `sts:AssumeRole`',
  '`{element}` is not allowed in {kind}: the resource is the role':
    '`{element}` n’est pas permis dans {kind} : la ressource est le rôle',
  '`{element}` is not allowed in {kind}, expected {Names}':
    '`{element}` n’est pas permis dans {kind}, attendu : {Names}',
  'a resource policy': 'une stratégie de ressource',
  'a trust policy': 'une stratégie de confiance',
  'a session policy': 'une stratégie de session',
  'a permissions boundary': 'une limite d’autorisations',
  'a guardrail': 'un garde-fou',
  'principal `{name}`': 'principal `{name}`',
  'action `{name}` in a trust policy': 'action `{name}` dans une stratégie de confiance',
  'empty object': 'objet vide',
  'a principal': 'un principal',
  '`*` or an object such as `{"AWS": …}`': '`*` ou un objet comme `{"AWS": …}`',
  'an `sts:` action': 'une action `sts:`',
  'one that assumes a role': 'une action qui endosse un rôle',
  'one colon': 'un seul deux-points',
  'an ARN or `*`': 'un ARN ou `*`',
  'the partition `aws`': 'la partition `aws`',
  "a service's name after the partition": 'un nom de service après la partition',
  'no region: `{form}`': 'pas de région : `{form}`',
  '`*`, `root` or a kind such as `user/`': '`*`, `root` ou un type comme `user/`',
  'a user, role or account: a group is not a principal':
    'un utilisateur, un rôle ou un compte : un groupe n’est pas un principal',
  '`*` alone or a whole name: wildcards are not allowed in a principal':
    '`*` seul ou un nom entier : les caractères génériques ne sont pas permis dans un principal',
  '`*`, 12 digits, or the ARN or unique id of a user, role, session or account':
    '`*`, 12 chiffres, ou l’ARN ou l’identifiant unique d’un utilisateur, d’un rôle, d’une session ou d’un compte',
  "a service's name": 'un nom de service',
  "a provider's ARN": 'l’ARN d’un fournisseur',
  'a canonical user id': 'un identifiant d’utilisateur canonique',
  '{sentence} policy document has 1 fault: {Faults}.':
    'Le document de la stratégie a 1 erreur : {Faults}. (AWS : {sentence})',
  '{sentence} policy document has {count} faults: {Faults}.':
    'Le document de la stratégie a {count} erreurs : {Faults}. (AWS : {sentence})',
  '{sentence} policy document has 1 fault: {Faults}':
    'le document de la stratégie a 1 erreur : {Faults} (AWS : {sentence})',
  '{sentence} policy document has {count} faults: {Faults}':
    'le document de la stratégie a {count} erreurs : {Faults} (AWS : {sentence})',
  'policy document has 1 fault: {Faults}': 'le document de la stratégie a 1 erreur : {Faults}',
  'policy document has {count} faults: {Faults}': 'le document de la stratégie a {count} erreurs : {Faults}',
  '{Faults}; and {count} more': '{Faults} ; et {count} autres',
  '{earlier}; line {LineNumber}, column {ColumnNumber}: {fault}':
    '{earlier} ; ligne {LineNumber}, colonne {ColumnNumber} : {fault}',
  'line {LineNumber}, column {ColumnNumber}: {fault}': 'ligne {LineNumber}, colonne {ColumnNumber} : {fault}',
  'role `{role}`: {risk}': 'rôle `{role}` : {risk}',
  '{Failed}; and {count} more': '{Failed} ; et {count} autres',
  '{Failed}; {Failed2}': '{Failed} ; {Failed2}',
  '{Label}: {failed}': '{Label} : {failed}',
  '{Operator} of `{key}`': '{Operator} de `{key}`',
  '{Labels}, {Label}': '{Labels}, {Label}',
  '{Action} {Allowed}': '{Action} : {Allowed}',
} as const
