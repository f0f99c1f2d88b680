// The messages of Providers in Japanese.
export const providers = {
  'Nobody can sign in with it until it is enabled again. People keep their accounts here.':
    '再び有効にするまで、このプロバイダーではサインインできません。ユーザーのアカウントはここに残ります。',
  'People can sign in with it again. What ended stays ended.':
    '再びこのプロバイダーでサインインできるようになります。終了したものは終了したままです。',
  'Its settings are lost. People keep their accounts here, but cannot sign in with it; roles that trust it give no sessions for its tokens.':
    '設定は失われます。ユーザーのアカウントはここに残りますが、このプロバイダーではサインインできなくなります。このプロバイダーを信頼するロールは、そのトークンでセッションを発行しません。',
  'Left empty, it stays as it is.': '空のままにすると変更されません。',
  'Letters, digits and `.` `_` `-`. It is part of the addresses.':
    '英数字と `.` `_` `-`。アドレスの一部になります。',
  Title: 'タイトル',
  'On its button on the sign-in page.': 'サインインページのボタンに表示されます。',
  'Client ID': 'クライアント ID',
  'As the provider shows it for the application that you registered there.':
    'プロバイダーに登録したアプリケーションに表示されている値です。',
  'Client secret': 'クライアントシークレット',
  'It is never shown again.': '再び表示されることはありません。',
  'E-mail domains': 'メールドメイン',
  'For which it speaks: people with such an address are sent to it, and an address that it verified leads to the person who has it.':
    'このプロバイダーが受け持つドメインです。該当するアドレスのユーザーはこのプロバイダーに誘導され、プロバイダーが確認済みのアドレスはその所有者のアカウントに結び付きます。',
  'People who are not known here get an account': '未登録のユーザーにアカウントを作成する',
  'Second factor here': 'ここでの 2 つ目の認証要素',
  'Of everyone, unless the provider reports one': '全員（プロバイダーで確認済みを除く）',
  'Only of those who set one up here': 'ここで設定したユーザーのみ',
  Mapping: 'マッピング',
  'Which claims become names, groups and tags, as JSON. Without `groups` it gives none.':
    'どのクレームを名前、グループ、タグにするかを JSON で指定します。`groups` がなければグループは割り当てられません。',
  'Signing out here signs out there as well': 'ここでサインアウトすると相手側でもサインアウトする',
  'Exactly as in `iss`; its discovery document is below it.':
    '`iss` とまったく同じ値です。ディスカバリードキュメントはその下にあります。',
  'Google Workspace domain': 'Google Workspace のドメイン',
  'Only its accounts may sign in. Left empty, anybody with a Google account may.':
    'このドメインのアカウントだけがサインインできます。空のままにすると、Google アカウントがあれば誰でもサインインできます。',
  'Metadata URL': 'メタデータの URL',
  'Fetched again and again, so that new certificates count by themselves.':
    '定期的に取得されるため、新しい証明書は自動的に有効になります。',
  'Entity ID': 'エンティティ ID',
  'Of the provider, with a metadata URL.': 'メタデータの URL を使う場合の、プロバイダーの値です。',
  'The XML itself, where there is no URL.': 'URL がない場合の XML そのものです。',
  Servers: 'サーバー',
  'One on each line, tried in order. Private hosts must be in CHANCERY_OUTBOUND_ALLOW.':
    '1 行に 1 つ、順に試します。プライベートなホストは CHANCERY_OUTBOUND_ALLOW に必要です。',
  'StartTLS, for ldap:// addresses': 'StartTLS（ldap:// のアドレス用）',
  'Base DN': 'ベース DN',
  'Bind DN': 'バインド DN',
  'Who searches for people.': 'ユーザーを検索するアカウントです。',
  'Bind password': 'バインドパスワード',
  'User filter': 'ユーザーフィルター',
  'Certificate authority': '認証局',
  'PEM, where no public authority issued its certificate.':
    '公的な認証局が発行した証明書でない場合の PEM です。',
  'Authorization endpoint': '認可エンドポイント',
  'Where browsers are sent.': 'ブラウザーの転送先です。',
  'Token endpoint': 'トークンエンドポイント',
  'Where the code is redeemed.': 'コードをトークンと交換する場所です。',
  'User endpoint': 'ユーザーエンドポイント',
  'Returns the person as a JSON object.': 'ユーザーを JSON オブジェクトで返します。',
  Namespace: '名前空間',
  'Any URL of theirs that stays.': 'プロバイダーの、変わらない任意の URL です。',
  Subject: 'サブジェクト',
  'The field that never changes and is never given to anybody else.':
    '変わることがなく、ほかの人に割り当てられることもないフィールドです。',
  'Left empty, it is github.com.': '空のままにすると github.com になります。',
  '{where}: the redirect URI (callback URL) of the application.':
    '{where}：アプリケーションのリダイレクト URI（コールバック URL）です。',
  'With the id of your tenant, not `common`.': '`common` ではなく、テナントの ID を使います。',
  'The address of your organization, or of an authorization server.':
    '組織または認可サーバーのアドレスです。',
  'The domain of your tenant, with the slash at its end.':
    'テナントのドメインです。末尾のスラッシュも含めます。',
  'The address of the realm.': 'レルムのアドレスです。',
  '{where}, with the scopes openid, profile and email: the redirect URI (callback URL) of the application.':
    '{where}（スコープは openid、profile、email）：アプリケーションのリダイレクト URI（コールバック URL）です。',
  'gitlab.com, or the address of your GitLab.': 'gitlab.com、または自社の GitLab のアドレスです。',
  'Any OpenID Connect provider': 'その他の OpenID Connect プロバイダー',
  'As the redirect URI (callback URL) of the application.':
    'アプリケーションのリダイレクト URI（コールバック URL）として登録します。',
  'Any OAuth 2 provider': 'その他の OAuth 2 プロバイダー',
  'As a service provider: by this metadata, or by its entity ID and the assertion consumer service.':
    'サービスプロバイダーとして、このメタデータ、またはエンティティ ID と Assertion Consumer Service を登録します。',
  'LDAP or Active Directory': 'LDAP または Active Directory',
  'New provider': '新しいプロバイダー',
  'Check and create': '確認して作成',
  'Create anyway': 'このまま作成',
  'The provider was created. People can sign in with it.':
    'プロバイダーを作成しました。サインインに使えます。',
  'The provider was saved.': 'プロバイダーを保存しました。',
  'The provider is disabled.': 'プロバイダーは無効です。',
  'The provider is enabled.': 'プロバイダーは有効です。',
  'The provider was deleted.': 'プロバイダーを削除しました。',
  'Checked with the keys of the provider, and not kept.': 'プロバイダーのキーで検証され、保存されません。',
  Claims: 'クレーム',
  'JSON, as if the provider had sent it.': 'プロバイダーから送られたものとして扱う JSON です。',
  Try: '試す',
  'With what do people sign in?': '何を使ってサインインしますか？',
  'Only check': '確認のみ',
  'New provider: {kind}': '新しいプロバイダー：{kind}',
  'This provider comes from the configuration file, and is changed there, under `identity_providers`.':
    'このプロバイダーは設定ファイルのもので、そこの `identity_providers` で変更します。',
  'It was in an earlier configuration file, and nobody signs in with it. Change its settings here to use it again, or delete it.':
    '以前の設定ファイルにあったもので、サインインには使われていません。再び使うにはここで設定を変更し、不要なら削除してください。',
  For: '対象',
  'People who sign in': 'サインインするユーザー',
  'Check now': '今すぐ確認',
  'Set. It is not shown.': '設定済み。表示されません。',
  'Set by API or file': 'API またはファイルでの設定',
  '{beginning}… ({count} characters)': '{beginning}…（{count} 文字）',
  'Change it': '変更',
  'Change settings': '設定を変更',
  'Register at the provider': 'プロバイダーへの登録',
  'Metadata, and entity ID': 'メタデータとエンティティ ID',
  'Redirect URI': 'リダイレクト URI',
  'Assertion consumer service': 'Assertion Consumer Service',
  'Where browsers return to after a sign-out': 'サインアウト後にブラウザーが戻る先',
  'Where people sign in, and whose tokens workloads bring.':
    'ユーザーがサインインする先、およびワークロードが提示するトークンの発行元です。',
  'Identity providers': 'ID プロバイダー',
  'None yet. People sign in with a password or a passkey. A provider for workloads is made together with a {role}.':
    'まだありません。ユーザーはパスワードまたはパスキーでサインインします。ワークロード用のプロバイダーは{role}と一緒に作成されます。',
  role: 'ロール',
  High: '高',
  Medium: '中',
  Low: '低',
  'Does it answer?': '応答の確認',
  'This kind has nothing that is asked.': 'この種類には問い合わせる相手がありません。',
  Passes: '成功',
  Fails: '失敗',
  Warnings: '警告',
  'No warnings.': '警告はありません。',
  'Try it': '試す',
  'What a sign-in would make of an ID token or of claims. Nothing is saved, and nobody is signed in.':
    'ID トークンまたはクレームでサインインした場合の結果を示します。何も保存されず、誰もサインインしません。',
  Token: 'トークン',
  'Display name': '表示名',
  Tags: 'タグ',
  'Second factor': '2 つ目の認証要素',
  'The token was not checked.': 'トークンは検証されていません。',
  'If it is valid: {outcome}': '有効な場合：{outcome}',
  'Would sign in as {user}, who {why}.': '{user} としてサインインします（{why}）。',
  'Would join {user}: {why}.': '{user} に結び付けられます（{why}）。',
  'Would create {user}: {why}.': '{user} を作成します（{why}）。',
  'Would be refused: {why}.': '拒否されます（{why}）。',
  Valid: '有効',
  'Signature, issuer, audience and times.': '署名、発行者、オーディエンス、有効期間を検証しました。',
  'Not checked': '未検証',
  '{email}, verified': '{email}、確認済み',
  '{email}, not verified': '{email}、未確認',
  '{name} (no such group here)': '{name}（ここにはないグループ）',
  'The provider asked for it.': 'プロバイダーで確認済みです。',
  'Asked for here.': 'ここで求めます。',
  'Asked for here of those who have one.': '設定済みのユーザーにここで求めます。',
  'Further settings': 'その他の設定',
  'Who may sign in': 'サインインできるユーザー',
  'Rules as in the mapping, as JSON. Each must find a value, or the sign-in is refused.':
    'マッピングと同じ規則を JSON で指定します。いずれかの規則で値が見つからないと、サインインは拒否されます。',
  Scopes: 'スコープ',
  'How the client secret is sent': 'クライアントシークレットの送信方法',
  'Methods that are a second factor': '2 つ目の認証要素とみなす認証方法',
  'Left empty: `openid`, `profile` and `email`.':
    '空のままにすると `openid`、`profile`、`email` になります。',
  'Signature algorithms': '署名アルゴリズム',
  'Of its ID tokens. Left empty: `RS256`, `ES256`, `PS256` and `EdDSA`.':
    'ID トークンの署名に使えるものです。空のままにすると `RS256`、`ES256`、`PS256`、`EdDSA` になります。',
  'JWK or PEM, in the place of the client secret: assertions are signed with it (`private_key_jwt`). It is never shown again.':
    'クライアントシークレットの代わりに使う JWK または PEM です。アサーションの署名に使われます（`private_key_jwt`）。再び表示されることはありません。',
  'Claims are read from the userinfo endpoint as well': 'userinfo エンドポイントからもクレームを読み取る',
  'Values of `amr` by which the provider reports one, for instance `mfa`.':
    'プロバイダーが 2 つ目の認証要素を示す `amr` の値です。例：`mfa`',
  'Context classes that are a second factor': '2 つ目の認証要素とみなすコンテキストクラス',
  'Values of `acr` by which the provider reports one.':
    'プロバイダーが 2 つ目の認証要素を示す `acr` の値です。',
  'Left empty: `read:user` and `user:email`.': '空のままにすると `read:user` と `user:email` になります。',
  'What is asked of the provider.': 'プロバイダーに要求する内容です。',
  'Addresses endpoint': 'アドレスのエンドポイント',
  'Returns a list of objects with `email`, `verified` and `primary`.':
    '`email`、`verified`、`primary` を持つオブジェクトのリストを返します。',
  'Base DN of groups': 'グループのベース DN',
  'Groups below it that contain the person are looked up. While all fields of groups are empty, none are; with Active Directory, those below the base DN.':
    'この下から、ユーザーを含むグループを検索します。グループのフィールドがすべて空の場合は検索しません。Active Directory ではベース DN の下を検索します。',
  'Group filter': 'グループフィルター',
  'With `{dn}` in the place of the person.': 'ユーザーの位置に `{dn}` を書きます。',
  'Name of groups': 'グループの名前',
  'The attribute with it; `dn` is the whole name.': '名前を持つ属性です。`dn` は完全な名前になります。',
  'Levels of groups in groups': '入れ子のグループの階層数',
  '1 to 20.': '1～20',
  'Certificate of the metadata': 'メタデータの証明書',
  'PEM. The metadata of the URL must be signed with it.':
    'PEM。URL のメタデータは、これで署名されている必要があります。',
  'What the provider must sign': 'プロバイダーの署名が必要なもの',
  'The assertion': 'アサーション',
  'The response': '応答',
  'The assertion and the response': 'アサーションと応答',
  'One of the two': 'どちらか一方',
  'PEM. The provider verifies requests of this server with it.':
    'PEM。プロバイダーはこれでこのサーバーのリクエストを検証します。',
  'PEM, of that certificate: requests of this server are signed with it. It is never shown again.':
    'その証明書の PEM です。このサーバーのリクエストの署名に使われます。再び表示されることはありません。',
  'Only encrypted assertions are accepted': '暗号化されたアサーションだけを受け付ける',
  'Certificates for encryption': '暗号化用の証明書',
  'PEM, the newest first, at most three. A certificate that is removed is removed with its key.':
    'PEM。新しいものから順に、最大 3 個です。証明書を削除すると、そのキーも削除されます。',
  'Private keys for encryption': '暗号化用の秘密鍵',
  'PEM, in the order of the certificates, from the first on. Keys of certificates that were here before stay. They are never shown again.':
    'PEM。証明書と同じ順に、最初のものから指定します。以前からある証明書のキーは残ります。再び表示されることはありません。',
  'Context classes, or methods of Microsoft Entra ID, by which the provider reports one, for instance {example}.':
    'プロバイダーが 2 つ目の認証要素を示すコンテキストクラス、または Microsoft Entra ID の認証方法です。例：{example}',
  'What you typed is kept. Leave it empty to use that.':
    '入力した値は保持されています。そのまま使うには空のままにしてください。',
  'Enabled|provider': '有効',
  'Disabled|provider': '無効',
  'End what began with {name}?': '{name} で始まったものを終了しますか？',
  'People sign in with it again when they come back. Do this after a key or a server of the provider was stolen and its settings were changed.':
    'ユーザーは次回アクセス時に再度サインインします。プロバイダーの鍵やサーバーが盗まれ、設定を変更した後に実行してください。',
  'End sessions': 'セッションを終了',
  'The provider was saved. What began with it before goes on: end the sessions if its earlier keys or server are no longer to be trusted.':
    'プロバイダーを保存しました。以前に始まったものは継続します。以前の鍵やサーバーを信頼できなくなった場合は、セッションを終了してください。',
  'Sessions, tokens and role sessions that began with the provider have ended.':
    'このプロバイダーで始まったセッション、トークン、ロールセッションを終了しました。',
} as const
