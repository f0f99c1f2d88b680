// Further texts of the policy engine in Japanese: decisions, trust policies, comparisons. `{name}` stands for any text, `{Name}` for what
// engine/kinds.ts says.
export const policy = {
  'Allows {principals} to do {Actions} on {where}, only if {Conditions}.':
    '{Conditions}場合にのみ、{principals}による、{where}に対する{Actions}を許可します。',
  'Allows {principals} to do {Actions} on {where}.':
    '{principals}による、{where}に対する{Actions}を許可します。',
  'Allows {principals} to do {Actions}, only if {Conditions}.':
    '{Conditions}場合にのみ、{principals}による{Actions}を許可します。',
  'Allows {principals} to do {Actions}.': '{principals}による{Actions}を許可します。',
  'Denies {principals} {Actions} on {where}, if {Conditions}.':
    '{Conditions}場合、{principals}による、{where}に対する{Actions}を拒否します。',
  'Denies {principals} {Actions} on {where}.': '{principals}による、{where}に対する{Actions}を拒否します。',
  'Denies {principals} {Actions}, if {Conditions}.':
    '{Conditions}場合、{principals}による{Actions}を拒否します。',
  'Denies {principals} {Actions}.': '{principals}による{Actions}を拒否します。',
  everyone: '全員',
  'everyone except {Names}': '{Names}以外の全員',
  'every identity provider': 'すべての ID プロバイダー',
  'the account `{account}`': 'アカウント`{account}`',
  'tokens of `{issuer}`': '`{issuer}`のトークン',
  'people of the SAML provider `{provider}`': 'SAML プロバイダー`{provider}`のユーザー',
  'identities of `{provider}`': '`{provider}`の ID',
  'the service `{service}`': 'サービス`{service}`',
  '{Decision}; {change}': '{Decision}。{change}',
  'denied because {Layer} do not allow it': '{Layer}で許可されていないため拒否',
  'denied by {Statements} of {Layer}': '{Layer}の{Statements}により拒否',
  'allowed by {Statements}': '{Statements}により許可',
  'allowed without a statement, as the account root or an action that needs no permission':
    'ステートメントなしで許可（アカウントルート、または権限の要らないアクション）',
  "the account's guardrail": 'アカウントのガードレール',
  'the resource policy': 'リソースポリシー',
  "the role's trust policy": 'ロールの信頼ポリシー',
  'the permissions boundary': 'アクセス許可の境界',
  'the session policy': 'セッションポリシー',
  "the account root's implicit permission": 'アカウントルートの暗黙の権限',
  'the account': 'アカウント',
  '`{action}` by `{principal}`': '`{principal}`による`{action}`',
  'with {KeyValues}': '条件：{KeyValues}',
  'the patterns can overlap in too many ways': 'パターンの重なり方が多すぎます',
  'too many principals are named': 'プリンシパルの数が多すぎます',
  'there are too many combinations to look at': '調べる組み合わせが多すぎます',
  'it depends on {what}, and no request was found as evidence':
    '{what}に左右され、根拠となるリクエストが見つかりませんでした',
  '{failing} of {count} test fails: change the document, or change or remove the test':
    '{count} 件中 {failing} 件のテストが不合格です。ドキュメントを変更するか、テストを変更または削除してください',
  '{failing} of {count} tests fail: change the document, or change or remove the test':
    '{count} 件中 {failing} 件のテストが不合格です。ドキュメントを変更するか、テストを変更または削除してください',
  'the tests of this form cannot be read: open it anew':
    'このフォームのテストを読み取れません。フォームを開き直してください',
  'somebody changed the policy or its tests since this form was opened: compare below with what is in force now, then open the editor anew':
    'このフォームを開いた後にポリシーまたはテストが変更されました。下で現在有効な内容と比較し、エディターを開き直してください',
  'the policy or its tests were changed since they were read':
    '読み取り後にポリシーまたはテストが変更されました',
  'the description must have at most 1000 characters': '説明は 1000 文字以内で入力してください',
  'the document is too long': 'ドキュメントが長すぎます',
  'expected a list of tests, or an object with `tests`':
    'テストのリスト、または`tests`を持つオブジェクトが必要です',
  'a policy has at most {count} tests': '1 つのポリシーのテストは {count} 件までです',
  'the tests of a policy have at most {count} bytes': '1 つのポリシーのテストは合計 {count} バイトまでです',
  'a test is an object': 'テストはオブジェクトです',
  'a test has no member `{name}`': 'テストにメンバー`{name}`はありません',
  'must have the form `service:Action`, without wildcards':
    '`service:Action`の形で、ワイルドカードなしで入力してください',
  'must be 1 to {most} characters: an ARN, or `*`': '1～{most} 文字の ARN または`*`を入力してください',
  'must be an object of at most {most} condition keys with texts or lists of texts':
    '最大 {most} 個の条件キーを持ち、値がテキストまたはテキストのリストであるオブジェクトにしてください',
  'must be `allow` or `deny`': '`allow`または`deny`にしてください',
  'must be the ARN of a user, role, session, account or provider, a service such as `jobs.example`, or `anonymous`':
    'ユーザー、ロール、セッション、アカウント、プロバイダーの ARN、`jobs.example`のようなサービス、または`anonymous`を入力してください',
  '{Dependencies} and {Dependencies2}': '{Dependencies}と{Dependencies2}',
  '`{operator}` of `{key}` with `{values}` taken literally': '`{key}`と文字どおりの`{values}`の`{operator}`',
  '`{operator}` of `{key}` with `{values}`': '`{key}`と`{values}`の`{operator}`',
  '`NotResource` with {Names}': '{Names}の`NotResource`',
  'a class of requests that the engine decides differently': 'エンジンの判定が異なる種類のリクエスト',
  '{Label} trusts every token of `{provider}`: no condition restricts the subject':
    '{Label}では`{provider}`のすべてのトークンが信頼されます。サブジェクトを制限する条件がありません',
  '{Label} takes tokens of `{provider}` issued for any audience':
    '{Label}では、どのオーディエンス向けの`{provider}`のトークンも受け入れられます',
  'subject `{subject}` has a wildcard before the owner is complete: anyone who can get a token from this issuer may match it':
    'サブジェクト`{subject}`は所有者が完結する前にワイルドカードがあります。この発行者のトークンを得られる人なら誰でも一致する可能性があります',
  'write out the owner up to its separator, such as `repo:acme/docs:*`':
    '`repo:acme/docs:*`のように、所有者を区切り文字まで書いてください',
  '{Label} applies to everyone, including other accounts, and no condition restricts the caller':
    '{Label}はほかのアカウントを含む全員に適用され、呼び出し元を制限する条件がありません',
  'name the principals, or add a condition on `aws:PrincipalArn` or `aws:PrincipalAccount`':
    'プリンシパルを指定するか、`aws:PrincipalArn`または`aws:PrincipalAccount`の条件を追加してください',
  '{Label} allows everyone except those listed, including anonymous callers':
    '{Label}では、列挙したもの以外の全員が、匿名の呼び出し元も含めて許可されます',
  'list the allowed principals under `Principal`': '許可するプリンシパルを`Principal`に列挙してください',
  '`{name}` trusts the whole account: anyone it grants `sts:AssumeRole` may assume the role':
    '`{name}`はアカウント全体を信頼します。そのアカウントで`sts:AssumeRole`を許可された人は誰でもロールを引き受けられます',
  'name users or roles, or require `sts:ExternalId` or `aws:PrincipalTag/…`':
    'ユーザーやロールを指定するか、`sts:ExternalId`または`aws:PrincipalTag/…`を必須にしてください',
  'no token has the key `{key}`: keys are written without `https://`':
    'キー`{key}`を持つトークンはありません。キーは`https://`なしで書きます',
  'no token of `{issuer}` has the key `{key}`, which is of another issuer':
    '`{issuer}`のトークンにキー`{key}`はありません。別の発行者のキーです',
  '{Label} never applies: a federated principal cannot call `sts:AssumeRole`':
    '{Label}は適用されません。フェデレーションされたプリンシパルは`sts:AssumeRole`を呼び出せません',
  '`{element}` is not allowed in {kind}: the resource is the role':
    '{kind}に`{element}`は使えません。リソースはロールです',
  '`{element}` is not allowed in {kind}, expected {Names}':
    '{kind}に`{element}`は使えません。必要なもの：{Names}',
  'a resource policy': 'リソースポリシー',
  'a trust policy': '信頼ポリシー',
  'a session policy': 'セッションポリシー',
  'a permissions boundary': 'アクセス許可の境界',
  'a guardrail': 'ガードレール',
  'principal `{name}`': 'プリンシパル`{name}`',
  'action `{name}` in a trust policy': '信頼ポリシー内のアクション`{name}`',
  'empty object': '空のオブジェクト',
  'a principal': 'プリンシパル',
  '`*` or an object such as `{"AWS": …}`': '`*`、または`{"AWS": …}`のようなオブジェクト',
  'an `sts:` action': '`sts:`のアクション',
  'one that assumes a role': 'ロールを引き受けるアクション',
  'one colon': 'コロン 1 つ',
  'an ARN or `*`': 'ARN または`*`',
  'the partition `aws`': 'パーティション`aws`',
  "a service's name after the partition": 'パーティションの後のサービス名',
  'no region: `{form}`': 'リージョンなし：`{form}`',
  '`*`, `root` or a kind such as `user/`': '`*`、`root`、または`user/`のような種類',
  'a user, role or account: a group is not a principal':
    'ユーザー、ロール、アカウントのいずれか（グループはプリンシパルではありません）',
  '`*` alone or a whole name: wildcards are not allowed in a principal':
    '`*`だけ、または完全な名前（プリンシパルにワイルドカードは使えません）',
  '`*`, 12 digits, or the ARN or unique id of a user, role, session or account':
    '`*`、12 桁の数字、またはユーザー・ロール・セッション・アカウントの ARN か一意の ID',
  "a service's name": 'サービス名',
  "a provider's ARN": 'プロバイダーの ARN',
  'a canonical user id': '正規ユーザー ID',
  '{sentence} policy document has 1 fault: {Faults}.':
    'ポリシードキュメントに 1 件の誤りがあります：{Faults}。（AWS：{sentence}）',
  '{sentence} policy document has {count} faults: {Faults}.':
    'ポリシードキュメントに {count} 件の誤りがあります：{Faults}。（AWS：{sentence}）',
  '{sentence} policy document has 1 fault: {Faults}':
    'ポリシードキュメントに 1 件の誤りがあります：{Faults}（AWS：{sentence}）',
  '{sentence} policy document has {count} faults: {Faults}':
    'ポリシードキュメントに {count} 件の誤りがあります：{Faults}（AWS：{sentence}）',
  'policy document has 1 fault: {Faults}': 'ポリシードキュメントに 1 件の誤りがあります：{Faults}',
  'policy document has {count} faults: {Faults}':
    'ポリシードキュメントに {count} 件の誤りがあります：{Faults}',
  '{Faults}; and {count} more': '{Faults}；ほか {count} 件',
  '{earlier}; line {LineNumber}, column {ColumnNumber}: {fault}':
    '{earlier}；{LineNumber} 行 {ColumnNumber} 列：{fault}',
  'line {LineNumber}, column {ColumnNumber}: {fault}': '{LineNumber} 行 {ColumnNumber} 列：{fault}',
  'role `{role}`: {risk}': 'ロール`{role}`：{risk}',
  '{Failed}; and {count} more': '{Failed}；ほか {count} 件',
  '{Failed}; {Failed2}': '{Failed}；{Failed2}',
  '{Label}: {failed}': '{Label}：{failed}',
  '{Operator} of `{key}`': '`{key}`の {Operator}',
  '{Labels}, {Label}': '{Labels}、{Label}',
  '{Action} {Allowed}': '{Action}：{Allowed}',
} as const
