// Further texts of the policy engine in Spanish: decisions, trust policies, comparisons. `{name}` stands for any text, `{Name}` for what
// engine/kinds.ts says.
export const policy = {
  'Allows {who} to do {Actions} on {where}, only if {Conditions}.':
    'Permite {Actions} en {where} para {who}, solo si {Conditions}.',
  'Allows {who} to do {Actions} on {where}.': 'Permite {Actions} en {where} para {who}.',
  'Allows {who} to do {Actions}, only if {Conditions}.':
    'Permite {Actions} para {who}, solo si {Conditions}.',
  'Allows {who} to do {Actions}.': 'Permite {Actions} para {who}.',
  'Denies {who} {Actions} on {where}, if {Conditions}.':
    'Deniega {Actions} en {where} para {who} si {Conditions}.',
  'Denies {who} {Actions} on {where}.': 'Deniega {Actions} en {where} para {who}.',
  'Denies {who} {Actions}, if {Conditions}.': 'Deniega {Actions} para {who} si {Conditions}.',
  'Denies {who} {Actions}.': 'Deniega {Actions} para {who}.',
  everyone: 'todo el mundo',
  'everyone except {Names}': 'todo el mundo excepto {Names}',
  'every identity provider': 'todos los proveedores de identidad',
  'the account `{account}`': 'la cuenta `{account}`',
  'tokens of `{issuer}`': 'los tokens de `{issuer}`',
  'people of the SAML provider `{provider}`': 'las personas del proveedor SAML `{provider}`',
  'identities of `{provider}`': 'las identidades de `{provider}`',
  'the service `{service}`': 'el servicio `{service}`',
  '{Decision}; {change}': '{Decision}; {change}',
  'denied because {Layer} do not allow it': 'denegado porque {Layer} no lo permiten',
  'denied by {Statements} of {Layer}': 'denegado por {Statements} ({Layer})',
  'allowed by {Statements}': 'permitido por {Statements}',
  'allowed without a statement, as the account root or an action that needs no permission':
    'permitido sin declaración: como raíz de la cuenta o porque la acción no necesita permiso',
  "the account's guardrail": 'la barrera de protección de la cuenta',
  'the resource policy': 'la política de recurso',
  "the role's trust policy": 'la política de confianza del rol',
  'the permissions boundary': 'el límite de permisos',
  'the session policy': 'la política de sesión',
  "the account root's implicit permission": 'el permiso implícito de la raíz de la cuenta',
  'the account': 'la cuenta',
  '`{action}` by `{principal}`': '`{action}` por `{principal}`',
  'with {KeyValues}': 'con {KeyValues}',
  'the patterns can overlap in too many ways': 'los patrones pueden solaparse de demasiadas maneras',
  'too many principals are named': 'se nombran demasiadas entidades principales',
  'there are too many combinations to look at': 'hay demasiadas combinaciones que examinar',
  'it depends on {what}, and no request was found as evidence':
    'depende de {what}, y no se encontró ninguna solicitud como prueba',
  '{failing} of {count} test fails: change the document, or change or remove the test':
    'falla {failing} de {count} prueba: cambia el documento, o cambia o quita la prueba',
  '{failing} of {count} tests fail: change the document, or change or remove the test':
    'fallan {failing} de {count} pruebas: cambia el documento, o cambia o quita la prueba',
  'the tests of this form cannot be read: open it anew':
    'las pruebas de este formulario no se pueden leer: ábrelo de nuevo',
  'somebody changed the policy or its tests since this form was opened: compare below with what is in force now, then open the editor anew':
    'alguien cambió la política o sus pruebas desde que se abrió este formulario: compara abajo con lo que está en vigor ahora y vuelve a abrir el editor',
  'the policy or its tests were changed since they were read':
    'la política o sus pruebas cambiaron desde que se leyeron',
  'the description must have at most 1000 characters':
    'la descripción debe tener como máximo 1000 caracteres',
  'the document is too long': 'el documento es demasiado largo',
  'expected a list of tests, or an object with `tests`':
    'se espera una lista de pruebas o un objeto con `tests`',
  'a policy has at most {count} tests': 'una política tiene como máximo {count} pruebas',
  'the tests of a policy have at most {count} bytes':
    'las pruebas de una política tienen como máximo {count} bytes',
  'a test is an object': 'una prueba es un objeto',
  'a test has no member `{name}`': 'una prueba no tiene el miembro `{name}`',
  'must have the form `service:Action`, without wildcards':
    'debe tener la forma `service:Action`, sin comodines',
  'must be 1 to {most} characters: an ARN, or `*`': 'debe tener de 1 a {most} caracteres: un ARN o `*`',
  'must be an object of at most {most} condition keys with texts or lists of texts':
    'debe ser un objeto de como máximo {most} claves de condición con textos o listas de textos',
  'must be `allow` or `deny`': 'debe ser `allow` o `deny`',
  'must be the ARN of a user, role, session, account or provider, a service such as `jobs.example`, or `anonymous`':
    'debe ser el ARN de un usuario, rol, sesión, cuenta o proveedor, un servicio como `jobs.example` o `anonymous`',
  '{Dependencies} and {Dependencies2}': '{Dependencies} y {Dependencies2}',
  '`{operator}` of `{key}` with `{values}` taken literally':
    '`{operator}` de `{key}` con `{values}` en sentido literal',
  '`{operator}` of `{key}` with `{values}`': '`{operator}` de `{key}` con `{values}`',
  '`NotResource` with {Names}': '`NotResource` con {Names}',
  'a class of requests that the engine decides differently':
    'una clase de solicitudes que el motor decide de otra manera',
} as const
