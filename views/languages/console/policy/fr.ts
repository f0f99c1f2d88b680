// Further texts of the policy engine in French: decisions, trust policies, comparisons. `{name}` stands for any text, `{Name}` for what
// engine/kinds.ts says.
export const policy = {
  'Allows {who} to do {Actions} on {where}, only if {Conditions}.':
    'Autorise {who} à effectuer {Actions} sur {where}, seulement si {Conditions}.',
  'Allows {who} to do {Actions} on {where}.': 'Autorise {who} à effectuer {Actions} sur {where}.',
  'Allows {who} to do {Actions}, only if {Conditions}.':
    'Autorise {who} à effectuer {Actions}, seulement si {Conditions}.',
  'Allows {who} to do {Actions}.': 'Autorise {who} à effectuer {Actions}.',
  'Denies {who} {Actions} on {where}, if {Conditions}.':
    'Empêche {who} d’effectuer {Actions} sur {where} si {Conditions}.',
  'Denies {who} {Actions} on {where}.': 'Empêche {who} d’effectuer {Actions} sur {where}.',
  'Denies {who} {Actions}, if {Conditions}.': 'Empêche {who} d’effectuer {Actions} si {Conditions}.',
  'Denies {who} {Actions}.': 'Empêche {who} d’effectuer {Actions}.',
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
} as const
