// Further texts of the policy engine in Japanese: decisions, trust policies, comparisons. `{name}` stands for any text, `{Name}` for what
// engine/kinds.ts says.
export const policy = {
  'Allows {who} to do {Actions} on {where}, only if {Conditions}.':
    '{Conditions}場合にのみ、{who}による、{where}に対する{Actions}を許可します。',
  'Allows {who} to do {Actions} on {where}.': '{who}による、{where}に対する{Actions}を許可します。',
  'Allows {who} to do {Actions}, only if {Conditions}.':
    '{Conditions}場合にのみ、{who}による{Actions}を許可します。',
  'Allows {who} to do {Actions}.': '{who}による{Actions}を許可します。',
  'Denies {who} {Actions} on {where}, if {Conditions}.':
    '{Conditions}場合、{who}による、{where}に対する{Actions}を拒否します。',
  'Denies {who} {Actions} on {where}.': '{who}による、{where}に対する{Actions}を拒否します。',
  'Denies {who} {Actions}, if {Conditions}.': '{Conditions}場合、{who}による{Actions}を拒否します。',
  'Denies {who} {Actions}.': '{who}による{Actions}を拒否します。',
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
} as const
