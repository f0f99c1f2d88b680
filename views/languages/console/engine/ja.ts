// Texts of the policy engine in Japanese that the editor's page shows while somebody types. `{name}` stands for any text, `{Name}` for what
// kinds.ts says.
export const engine = {
  'Allows {Actions} on {where}, only if {Conditions}.':
    '{Conditions}場合にのみ、{where}に対する{Actions}を許可します。',
  'Allows {Actions} on {where}.': '{where}に対する{Actions}を許可します。',
  'Denies {Actions} on {where}, if {Conditions}.': '{Conditions}場合、{where}に対する{Actions}を拒否します。',
  'Denies {Actions} on {where}.': '{where}に対する{Actions}を拒否します。',
  everything: 'すべて',
  'everything except {Names}': '{Names}以外のすべて',
  'every action': 'すべてのアクション',
  'every action of `{service}`': '`{service}`のすべてのアクション',
  'every action except every action of {Name}': '{Name}のアクション以外のすべてのアクション',
  'every action except {Names}': '{Names}以外のすべてのアクション',
  '{Conditions} and {Conditions2}': '{Conditions}、かつ{Conditions2}',
  '{Conditions}, {Conditions2}': '{Conditions}、{Conditions2}',
  '{Conditions}, when there is one': '{Conditions}（値がある場合）',
  'every value of `{key}` {Verb} {Names}': '`{key}`のすべての値が{Names}{Verb}',
  'any value of `{key}` {Verb} {Names}': '`{key}`のいずれかの値が{Names}{Verb}',
  '`{key}` {Verb} {Names}': '`{key}`が{Names}{Verb}',
  '`{key}` is absent': '`{key}`がない',
  '`{key}` is present': '`{key}`がある',
  '{Conditions} and {count} more': '{Conditions}、ほか {count} 件',
  '{Names} and {count} more': '{Names}、ほか {count} 件',
  '{Names} or one of {count} more': '{Names}、またはほか {count} 件のいずれか',
  '{Names} or {count} more': '{Names}、またはほか {count} 件',
  '{Names} and {Names2}': '{Names}と{Names2}',
  '{Names} or {Names2}': '{Names}または{Names2}',
  '{Names}, {Names2}': '{Names}、{Names2}',
  is: 'である',
  'is not': 'ではない',
  'is, in any case,': 'である（大文字と小文字は区別しない）',
  'is not, in any case,': 'ではない（大文字と小文字は区別しない）',
  'is equal to': 'に等しい',
  'is not equal to': 'に等しくない',
  'is at or before': '以前である',
  'is before': 'より前である',
  'is at or after': '以降である',
  'is after': 'より後である',
  'is at most': '以下である',
  'is below': '未満である',
  'is at least': '以上である',
  'is above': 'を超える',
  'is in': 'に含まれる',
  'is not in': 'に含まれない',
  matches: 'に一致する',
  'does not match': 'に一致しない',
  'no value': '値なし',
  '{Statements}: {failed}': '{Statements}：{failed}',
  '{Operator} of `{key}` with {Names}; the request does not have it':
    '`{key}`の {Operator}（{Names}）。リクエストにこのキーがありません',
  '{Operator} of `{key}` with {Names}; it is {Names2}, a list: write `{written}`':
    '`{key}`の {Operator}（{Names}）。値は{Names2}で、リストです。`{written}`と書いてください',
  '{Operator} of `{key}` with {Names}; it is {Names2}, which differs in upper and lower case only':
    '`{key}`の {Operator}（{Names}）。値は{Names2}で、大文字と小文字だけが異なります',
  '{Operator} of `{key}` with {Names}; it is {Names2}': '`{key}`の {Operator}（{Names}）。値は{Names2}です',
  'statement `{sid}` of `this document` (line {LineNumber})':
    '`このドキュメント`のステートメント`{sid}`（{LineNumber} 行目）',
  'statement {StatementNumber} of `this document` (line {LineNumber})':
    '`このドキュメント`のステートメント {StatementNumber}（{LineNumber} 行目）',
  'statement `{sid}` of `{document}` (line {LineNumber})':
    '`{document}`のステートメント`{sid}`（{LineNumber} 行目）',
  'statement {StatementNumber} of `{document}` (line {LineNumber})':
    '`{document}`のステートメント {StatementNumber}（{LineNumber} 行目）',
  '{Statements} and {Statements2}': '{Statements}と{Statements2}',
  'to allow it, remove or narrow {Statements}':
    '許可するには、{Statements}を削除するか、範囲を狭めてください',
  'to allow it, add to {place} an `Allow` of `{action}` on `{resource}`':
    '許可するには、{place}に、`{resource}`に対する`{action}`の`Allow`を追加してください',
  'to allow it, add to {place} an `Allow` of `{action}`':
    '許可するには、{place}に、`{action}`の`Allow`を追加してください',
  'to allow it, add `{value}` to the `{element}` of {Statements}':
    '許可するには、{Statements}の`{element}`に`{value}`を追加してください',
  '{Statements} would allow it if {Wishes}': '{Wishes}なら、{Statements}で許可されます',
  '{Statements} would no longer deny it if {Wishes}': '{Wishes}なら、{Statements}で拒否されなくなります',
  '{Wishes} and {Wishes2}': '{Wishes}、かつ{Wishes2}',
  '{Wishes} or {Wishes2}': '{Wishes}、または{Wishes2}',
  '{BareWish} (it is missing)': '{BareWish}（現在は値なし）',
  '{BareWish} (it is {Values})': '{BareWish}（現在は{Values}）',
  'every value of `{key}` {WishVerb} {Values}': '`{key}`のすべての値が{Values}{WishVerb}',
  'a value of `{key}` {WishVerb} {Values}': '`{key}`のいずれかの値が{Values}{WishVerb}',
  '`{key}` {WishVerb} {Values}': '`{key}`が{Values}{WishVerb}',
  '`{key}` were missing': '`{key}`がない',
  '`{key}` were present': '`{key}`がある',
  were: 'である',
  'were not': 'ではない',
  'were equal to': 'に等しい',
  'were not equal to': 'に等しくない',
  'were at most': '以下である',
  'were not at most': '以下ではない',
  'were below': '未満である',
  'were not below': '未満ではない',
  'were at least': '以上である',
  'were not at least': '以上ではない',
  'were above': 'を超える',
  'were not above': 'を超えない',
  'were in': 'に含まれる',
  'were not in': 'に含まれない',
  'were like': 'に一致する',
  'were not like': 'に一致しない',
  "the caller's identity policies": '呼び出し元のアイデンティティポリシー',
  '{Question} is allowed': '{Question}：許可',
  '{Question} is denied': '{Question}：拒否',
  '`{action}` on `{resource}`': '`{resource}`に対する`{action}`',
  '`{action}` on `{resource}` by `{principal}`': '`{principal}`による`{resource}`に対する`{action}`',
  '{Question} with {KeyValues}': '{Question}（{KeyValues}）',
  '{KeyValues}, {KeyValues2}': '{KeyValues}、{KeyValues2}',
  '`{key}` = none': '`{key}` = 値なし',
  '`{key}` = {Names}': '`{key}` = {Names}',
  empty: '空',
  'statement `{sid}`': 'ステートメント`{sid}`',
  'statement {StatementNumber}': 'ステートメント {StatementNumber}',
  '`{operator}` holds for a request without `{key}`, so {Label} allows it':
    '`{operator}`は`{key}`のないリクエストでも成り立つため、{Label}で許可されます',
  'add `"Null": {"{key}": "false"}` if the key must be there':
    'キーが必須なら`"Null": {"{key}": "false"}`を追加してください',
  'add `{code}`': '`{code}`を追加してください',
  '{Label} does not deny long-term access keys: their requests have no `{key}`':
    '{Label}では長期アクセスキーが拒否されません。そのリクエストには`{key}`がありません',
  '{Label} allows long-term access keys without MFA: their requests have no `{key}`':
    '{Label}では MFA なしの長期アクセスキーが許可されます。そのリクエストには`{key}`がありません',
  '`{operator}` also holds for a request without `{key}`':
    '`{operator}`は`{key}`のないリクエストでも成り立ちます',
  '`{operator}` compares the wildcard in `{value}` literally':
    '`{operator}`は`{value}`のワイルドカードを文字どおりに比較します',
  'write `{code}`, or `${*}` if a star is meant':
    '`{code}`と書くか、アスタリスク自体を指すなら`${*}`と書いてください',
  '`{key}` is multi-valued, and `{operator}` never holds for it':
    '`{key}`は複数の値を持つため、`{operator}`は成り立ちません',
  'write `{code}` or `{other}`': '`{code}`または`{other}`と書いてください',
  '`{value}` matches no ARN: it has {parts} of six parts':
    '`{value}`に一致する ARN はありません。6 つの部分のうち {parts} つしかありません',
  'write `arn:partition:service:region:account:resource`, with `*` for parts that may have any value':
    '`arn:partition:service:region:account:resource`の形で、任意の値でよい部分は`*`と書いてください',
  '{Label} allows privilege escalation: {Ways}': '{Label}では権限昇格が可能です：{Ways}',
  '{Ways}; and {count} more': '{Ways}；ほか {count} 件',
  '{Ways}; {Ways2}': '{Ways}；{Ways2}',
  '`{action}` with `{other}` lets them {why}': '`{action}`と`{other}`で{why}ことができる',
  '`{action}` lets them {why}': '`{action}`で{why}ことができる',
  'write any policy onto a user': 'ユーザーに任意のポリシーを書き込む',
  'write any policy onto a role': 'ロールに任意のポリシーを書き込む',
  'write any policy onto a group': 'グループに任意のポリシーを書き込む',
  'attach any policy to a user': 'ユーザーに任意のポリシーをアタッチする',
  'attach any policy to a role': 'ロールに任意のポリシーをアタッチする',
  'attach any policy to a group': 'グループに任意のポリシーをアタッチする',
  'rewrite a policy that is already attached': 'アタッチ済みのポリシーを書き換える',
  'restore a broader version of a policy': 'より広いバージョンのポリシーに戻す',
  'join any group': '任意のグループに加わる',
  'create access keys for another user': 'ほかのユーザーのアクセスキーを作成する',
  "set another user's password": 'ほかのユーザーのパスワードを設定する',
  "change another user's password": 'ほかのユーザーのパスワードを変更する',
  'make any role trust any principal': '任意のロールに任意のプリンシパルを信頼させる',
  'assume every role that trusts the account': 'アカウントを信頼するすべてのロールを引き受ける',
  "remove a user's permissions boundary": 'ユーザーのアクセス許可の境界を削除する',
  "replace a user's permissions boundary": 'ユーザーのアクセス許可の境界を置き換える',
  "remove a role's permissions boundary": 'ロールのアクセス許可の境界を削除する',
  "remove another user's MFA device": 'ほかのユーザーの MFA デバイスを削除する',
  'sign in as another person by a one-time link': '1 回限りのリンクでほかのユーザーとしてサインインする',
  "set another person's password": 'ほかの人のパスワードを設定する',
  "remove another person's second factors": 'ほかの人の 2 つ目の認証要素を削除する',
  'make a SCIM token that acts with the permissions of another person':
    'ほかの人の権限で動作する SCIM トークンを作成する',
  'let an app act for people who are not asked': '本人に確認せずにアプリに代理操作をさせる',
  'replace a guardrail that limits an account': 'アカウントを制限するガードレールを置き換える',
  'remove a guardrail that limits an account': 'アカウントを制限するガードレールを削除する',
  'pass any role to a service that then acts with it': '任意のロールをサービスに渡し、そのロールで動作させる',
  'trust an issuer of their own': '自分のトークン発行者を信頼させる',
  'name the resources, require `iam:PermissionsBoundary`, or leave the actions to administrators':
    'リソースを指定するか、`iam:PermissionsBoundary`を必須にするか、これらのアクションを管理者に任せてください',
  'no request has a value for `{variable}`, so `{text}` never matches':
    '`{variable}`の値を持つリクエストはないため、`{text}`は一致しません',
  'write the issuer before the claim, such as `${token.example.com:sub}`':
    '`${token.example.com:sub}`のように、クレームの前に発行者を書いてください',
  'correct the name, such as `${aws:username}`': '`${aws:username}`のように名前を直してください',
  '`{text}` has a blank or a semicolon that no ARN has, so it matches nothing':
    '`{text}`には ARN にない空白またはセミコロンがあるため、何にも一致しません',
  '`{text}` matches no action: no name of an action has a blank':
    '`{text}`に一致するアクションはありません。アクション名に空白は含まれません',
  '`{text}` matches no resource: an ARN has six parts':
    '`{text}`に一致するリソースはありません。ARN は 6 つの部分から成ります',
  'write `{code}`, with the parts that are known': 'わかっている部分を埋めて`{code}`と書いてください',
  '`{operator}` on `{key}` has no values, and so no value agrees with it':
    '`{key}`の`{operator}`には値がないため、どの値も一致しません',
  'write the values, or remove the key': '値を書くか、キーを削除してください',
  '`{operator}` of {Label} has no condition key, and so limits nothing':
    '{Label}の`{operator}`には条件キーがないため、何も制限されません',
  'write the condition, or remove the operator': '条件を書くか、演算子を削除してください',
  '{Label} never allows anything: {Label2} (line {LineNumber}) denies all of it':
    '{Label}では何も許可されません。{Label2}（{LineNumber} 行目）ですべて拒否されます',
  '{Label} is redundant: {Label2} (line {LineNumber}) allows all of it already':
    '{Label}は不要です。{Label2}（{LineNumber} 行目）ですでにすべて許可されています',
  '{Label} is redundant: {Label2} (line {LineNumber}) denies all of it already':
    '{Label}は不要です。{Label2}（{LineNumber} 行目）ですでにすべて拒否されています',
  'narrow the Deny, or remove the statement': 'Deny の範囲を狭めるか、ステートメントを削除してください',
  'remove the statement': 'ステートメントを削除してください',
  '{Label} allows every action except those listed, including future ones':
    '{Label}では、列挙したもの以外のすべてのアクションが、将来追加されるものも含めて許可されます',
  '{Label} allows every resource except those listed, including future ones':
    '{Label}では、列挙したもの以外のすべてのリソースが、将来追加されるものも含めて許可されます',
  'list what is allowed, under `{element}`': '許可するものを`{element}`に列挙してください',
  '{Label} allows everything': '{Label}ではすべてが許可されます',
  'name actions and resources, unless this is for administrators':
    '管理者向けでなければ、アクションとリソースを指定してください',
  '`{text}` has a wildcard in its service, so it covers services you may not expect':
    '`{text}`はサービスにワイルドカードがあるため、想定外のサービスも対象になります',
  'write one action per service': 'サービスごとにアクションを書いてください',
  '`{text}` is not an action: expected `service:Action` with letters, digits and hyphens before one colon':
    '`{text}`はアクションではありません。コロン 1 つの前を英数字とハイフンにした`service:Action`の形が必要です',
  'the service of `{text}` is usually written `{service}`': '`{text}`のサービスは通常`{service}`と書きます',
  '`{prefix}` in `{text}` looks like `{near}`': '`{text}`の`{prefix}`は`{near}`の誤りのようです',
  '`{text}` begins or ends with white space': '`{text}`の先頭または末尾に空白があります',
  '`{text}` is a plain name, not an ARN': '`{text}`は ARN ではなく、ただの名前です',
  'begin it with `arn:`, in lower case': '小文字の`arn:`で始めてください',
  '`{text}` has no partition': '`{text}`にパーティションがありません',
  '`{text}` names no service': '`{text}`にサービスがありません',
  'write the service after the partition': 'パーティションの後にサービスを書いてください',
  '`{text}` writes the service `{service}` with capitals, and ARNs are case-sensitive':
    '`{text}`ではサービス`{service}`に大文字が使われていますが、ARN は大文字と小文字を区別します',
  '`{text}` has `{account}` where an account id of 12 digits or nothing is expected':
    '`{text}`の`{account}`の位置には、12 桁のアカウント ID または空が必要です',
  'check the number of colons': 'コロンの数を確認してください',
  '`{text}` names no resource': '`{text}`にリソースがありません',
  'end it with `*` if all are meant': 'すべてを指すなら末尾を`*`にしてください',
  '`{text}` has a region, but IAM ARNs have none':
    '`{text}`にリージョンがありますが、IAM の ARN にはリージョンがありません',
  'leave the fourth part empty': '4 番目の部分を空にしてください',
  'the variable in `{value}` is literal text, because the document does not have Version `2012-10-17`':
    'ドキュメントが Version `2012-10-17`ではないため、`{value}`の変数は文字どおりに扱われます',
  'the document does not have Version `2012-10-17`: variables would be literal text':
    'ドキュメントが Version `2012-10-17`ではありません。変数は文字どおりに扱われます',
  '{count} characters without white space, above the limit of {limit}':
    '空白を除いて {count} 文字で、上限の {limit} 文字を超えています',
  '{count} characters without white space, near the limit of {limit}':
    '空白を除いて {count} 文字で、上限の {limit} 文字に近づいています',
  'join statements, or use wildcards or several policies':
    'ステートメントをまとめるか、ワイルドカードや複数のポリシーを使ってください',
  'write `{code}`': '`{code}`と書いてください',
  'unexpected value `{value}` for `{operator}`, expected {expected}':
    '`{operator}`の値`{value}`は無効です。必要なもの：{expected}',
  'unexpected value `{value}` for `{operator}`, {fault}': '`{operator}`の値`{value}`は無効です。{fault}',
  'unexpected {Token} after the end of the document': 'ドキュメントの終わりの後に{Token}があります',
  'unexpected {what}, expected {expected}': '{what}は無効です。必要なもの：{expected}',
  'end of text': 'テキストの終わり',
  'control character': '制御文字',
  'end of text in a string': '文字列内のテキストの終わり',
  '{Token} in a number': '数値内の{Token}',
  '{Token} after a name': '名前の後の{Token}',
  '`{char}` in the variable `{variable}`': '変数`{variable}`内の`{char}`',
  'empty variable `{variable}`, expected {Names}': '変数`{variable}`が空です。必要なもの：{Names}',
  'the variable `{variable}` has no closing brace, expected {Names}':
    '変数`{variable}`に閉じかっこがありません。必要なもの：{Names}',
  'malformed default in `{variable}`, expected {Names}':
    '`{variable}`の既定値の形が正しくありません。必要なもの：{Names}',
  'nested deeper than {count} levels; a policy needs at most 6':
    'ネストが {count} 階層を超えています。ポリシーに必要なのは最大 6 階層です',
  'control character in a string, expected it escaped': '文字列内の制御文字はエスケープしてください',
  'malformed `\\u` in a string, expected four hexadecimal digits':
    '文字列内の`\\u`の後には 16 進数 4 桁が必要です',
  'unknown escape in a string, expected one of `"\\/bfnrtu` after `\\`':
    '文字列内のエスケープが不明です。`"\\/bfnrtu`のいずれかを`\\`の後に書いてください',
  'text is not well-formed unicode, a surrogate stands alone':
    'テキストが正しい Unicode ではありません。サロゲートが単独であります',
  'control character `{code}` in a string': '文字列内に制御文字`{code}`があります',
  'duplicate name `{name}`, expected each name once':
    '名前`{name}`が重複しています。各名前は一度だけ使えます',
  '`{element}` is missing, expected {expected}': '`{element}`がありません。必要なもの：{expected}',
  '`Statement` is empty, expected at least one statement':
    '`Statement`が空です。ステートメントが 1 つ以上必要です',
  '`Sid` `{sid}` repeats, expected each `Sid` once':
    '`Sid` `{sid}`が重複しています。各`Sid`は一度だけ使えます',
  '`{element}` is not allowed in {kind}: it applies to whom it is attached to':
    '{kind}に`{element}`は使えません。アタッチ先に適用されます',
  'an identity policy': 'アイデンティティポリシー',
  '`{one}` and `{other}` together, expected one of them':
    '`{one}`と`{other}`の両方があります。どちらか一方にしてください',
  'string `{value}`': '文字列`{value}`',
  'number `{value}`': '数値`{value}`',
  'boolean `{value}`': '真偽値`{value}`',
  list: 'リスト',
  object: 'オブジェクト',
  'empty list': '空のリスト',
  'empty resource': '空のリソース',
  'operator `{name}`': '演算子`{name}`',
  'element `{name}`': '要素`{name}`',
  'version `{name}`': 'バージョン`{name}`',
  'effect `{name}`': '効果`{name}`',
  'action `{name}`': 'アクション`{name}`',
  'resource `{name}`': 'リソース`{name}`',
  'condition key `{name}`': '条件キー`{name}`',
  'wildcard in the service of `{name}`': '`{name}`のサービス内のワイルドカード',
  'a policy object': 'ポリシーのオブジェクト',
  'a statement object': 'ステートメントのオブジェクト',
  'at least one statement': '1 つ以上のステートメント',
  'a string': '文字列',
  'a string or a list of strings': '文字列または文字列のリスト',
  'at least one string': '1 つ以上の文字列',
  'an object of operators': '演算子のオブジェクト',
  'an object of condition keys': '条件キーのオブジェクト',
  'a string, number or boolean': '文字列、数値、真偽値のいずれか',
  'one of {Names}': '次のいずれか：{Names}',
  '`{name}` (names are case-sensitive)': '`{name}`（大文字と小文字は区別されます）',
  'one such as {Names}': '{Names}など',
  '`Null` without a set operator or `IfExists`': '集合演算子や`IfExists`の付かない`Null`',
  'a name such as `aws:SourceIp`': '`aws:SourceIp`のような名前',
  'a number': '数値',
  'an ISO 8601 date or epoch seconds': 'ISO 8601 の日付またはエポック秒',
  'an IPv4 or IPv6 address or network such as `{network}`':
    '`{network}`のような IPv4・IPv6 のアドレスまたはネットワーク',
  'only letters and digits': '英字と数字のみ',
  'an ARN, a name or `*`': 'ARN、名前、または`*`',
  "the service's name": 'サービスの名前',
  'a JSON value': 'JSON の値',
  'a quoted name': '引用符で囲んだ名前',
  'a digit': '数字',
} as const
