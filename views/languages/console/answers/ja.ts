// Answers of operations and of the policy engine in Japanese. `{name}` stands for any text.
export const answers = {
  'Your sign-in is too old for this. Sign in again in another tab, then send this form once more. Nothing was lost.':
    'サインインから時間がたっているため、この操作はできません。別のタブで再度サインインしてから、このフォームをもう一度送信してください。入力内容は失われていません。',
  'There is nothing at this address.': 'このアドレスには何もありません。',
  'You may not do {action}: {decision}.': '{action} を行う権限がありません：{decision}。',
  'denied because {layer} does not allow it': '{layer}で許可されていないため拒否されました',
  'is required': '入力してください',
  'must not be empty': '空にはできません',
  'must be at least {least}': '{least} 以上にしてください',
  'must be at most {most}': '{most} 以下にしてください',
  'must have at least one character': '1 文字以上入力してください',
  'must have at least {least} characters': '{least} 文字以上にしてください',
  'must have at most {most} characters': '{most} 文字以下にしてください',
  'must have at least one item': '1 つ以上指定してください',
  'must have at least {least} items': '{least} 個以上指定してください',
  'must have at most one item': '指定できるのは 1 つだけです',
  'must have at most {most} items': '指定できるのは {most} 個までです',
  'must be one of {values}': '次のいずれかにしてください：{values}',
  'must be a whole number': '整数を入力してください',
  'must be a number': '数値を入力してください',
  'must be true or false': 'true または false にしてください',
  'must be a string': '文字列にしてください',
  'must be an array': '配列にしてください',
  'must be an object': 'JSON オブジェクトにしてください',
  'must be a record': 'JSON オブジェクトにしてください',
  'must be an e-mail address': 'メールアドレスを入力してください',
  'must be an instant as in RFC 3339': 'RFC 3339 形式の日時を入力してください',
  'must be a URL': 'URL を入力してください',
  'must be of the documented form': 'ドキュメントの形式に従ってください',
  'must be a host name or an address': 'ホスト名またはアドレスを入力してください',
  'must be one line without control characters': '制御文字を含まない 1 行で入力してください',
  'must name groups that you may read (chancery:GetGroup): there is none of the name `{name}`':
    '閲覧できるグループ（chancery:GetGroup）ではありません：`{name}`',
  'must name groups that exist: there is no group `{name}` in this account':
    'このアカウントに存在しないグループがあります：`{name}`',
  'is refused: {why}': '受け付けられません。{why}',
  'Somebody changed it since this form was opened: open it anew, then make your change again.':
    '表示した後に別の変更がありました。ページを読み込み直してから、もう一度変更してください。',
  'Wrong password': 'パスワードの誤り',
  'Unknown name': '不明な名前',
  Disabled: '無効',
  'Password expired': 'パスワードの期限切れ',
  'Replaced or disabled meanwhile': 'その間に置き換えまたは無効化',
  'Wrong code': 'コードの誤り',
  'Gone or disabled': '削除または無効化済み',
  'Internal error': '内部エラー',
  'No reason': '理由なし',
  Unauthenticated: '未認証',
  'Missing credentials': '認証情報なし',
  'Incomplete signature': '不完全な署名',
  'Bad signature': '署名の誤り',
  'Request expired': 'リクエストの期限切れ',
  'Expired token': 'トークンの期限切れ',
  Throttled: 'リクエスト過多',
  'Insufficient scope': 'スコープ不足',
  'Invalid scope': '無効なスコープ',
  'Invalid target': '無効なターゲット',
  'Invalid parameter': '無効なパラメーター',
  'Malformed policy': '不正な形式のポリシー',
  'Packed policy too large': 'ポリシーが大きすぎる',
  'Too large': '大きすぎる',
  'Unsupported action': '未対応のアクション',
  'Delete conflict': '削除の競合',
  'Limit exceeded': '上限超過',
  'Concurrent modification': '同時変更',
  'Precondition failed': '前提条件の不一致',
  Unmodifiable: '変更不可',
  'Invalid authentication code': '無効な認証コード',
  'Password policy violation': 'パスワードの規則違反',
  'Invalid identity token': '無効な ID トークン',
  'Idp rejected claim': 'プロバイダーがクレームを拒否',
  'Idp communication error': 'プロバイダーとの通信エラー',
  'Insufficient session lifetime': 'セッションの残り時間不足',
  'Session duration escalation': 'セッション期間の超過',
  'Feature enabled': '機能は有効済み',
  'Feature disabled': '機能は無効',
  'Token too large': 'トークンが大きすぎる',
  Unavailable: '利用不可',
  'Invalid client': '無効なクライアント',
  'Invalid grant': '無効なグラント',
  'Invalid request': '無効なリクエスト',
  'Invalid token': '無効なトークン',
  'Unauthorized client': '許可されていないクライアント',
  'Access denied': 'アクセス拒否',
  'Login required': 'サインインが必要',
  'Consent required': '同意が必要',
  'Interaction required': '操作が必要',
  'Server error': 'サーバーエラー',
  'Temporarily unavailable': '一時的に利用不可',
  'Invalid redirect uri': '無効なリダイレクト URI',
  'Unsupported grant type': '未対応のグラントタイプ',
  'The mail server refused ({what}).': 'メールサーバーが拒否しました（{what}）。',
  'The mail server could not be used ({what}).': 'メールサーバーを使用できませんでした（{what}）。',
  'The mail server could not be used ({what}): {why}':
    'メールサーバーを使用できませんでした（{what}）：{why}',
  'all that were made from sign-ins, tokens and access keys of this person':
    'このユーザーのサインイン、トークン、アクセスキーから作成されたすべて',
  'all that were made from sign-ins and tokens of this person; access keys go on':
    'このユーザーのサインインとトークンから作成されたすべて（アクセスキーは引き続き有効）',
  'all that were made from tokens of this browser session':
    'このブラウザーセッションのトークンから作成されたすべて',
  'all that were made from sign-ins or codes by these factors':
    'これらの認証要素によるサインインまたはコードから作成されたすべて',
  'User: {who} is not authorized to perform: {action} on resource: {resource} because no {policy} allows the {verb} action.':
    '{who} には {resource} に対して {action} を実行する権限がありません。{verb} を許可する{policy}がありません。',
  'User: {who} is not authorized to perform: {action} on resource: {resource} with an explicit deny in {policy}.':
    '{who} には {resource} に対して {action} を実行する権限がありません。{policy}で明示的に拒否されています。',
  'identity-based policy': 'アイデンティティベースのポリシー',
  'permissions boundary': 'アクセス許可の境界',
  'session policy': 'セッションポリシー',
  'resource-based policy': 'リソースベースのポリシー',
  'service control policy': 'ガードレール',
  'an identity-based policy': 'アイデンティティベースのポリシー',
  'a permissions boundary': 'アクセス許可の境界',
  'a session policy': 'セッションポリシー',
  'a resource-based policy': 'リソースベースのポリシー',
  'a service control policy': 'ガードレール',
  'The name `{name}` is taken.': '名前 `{name}` はすでに使われています。',
  'There is no person `{name}` any more.': 'ユーザー `{name}` はもう存在しません。',
  'You cannot disable yourself: another administrator can.':
    '自分自身を無効にすることはできません。別の管理者に依頼してください。',
  'You cannot delete yourself: another administrator can.':
    '自分自身を削除することはできません。別の管理者に依頼してください。',
  'Your own factors are removed on your account page, or by another administrator.':
    '自分の認証要素は、アカウントページで削除するか、別の管理者に依頼してください。',
  '`mail` needs an e-mail address of the person.':
    'メールで送信（`mail`）するには、ユーザーのメールアドレスが必要です。',
  'The Access Key with id {id} cannot be found.': 'ID {id} のアクセスキーは見つかりません。',
  'Cannot exceed quota for {quota}: {most}.': '{quota} のクォータを超えています：上限 {most}。',
  'must be 1 to {most} of {characters}': '1～{most} 文字で、使えるのは次の文字だけです：{characters}',
  'must not be blank': '空白だけにはできません',
  'is not a valid value of {name}': '{name} の値として正しくありません',
  'must begin and end with /': '/ で始まり / で終わる必要があります',
  'must have at most {most} characters before the @': '@ の前は {most} 文字以下にしてください',
  'There is no `{name}` any more.': '`{name}` はもう存在しません。',
  'There is no person `{name}` in account {account}.':
    'アカウント {account} にユーザー `{name}` は存在しません。',
  'There is no group `{name}` in account {account}.':
    'アカウント {account} にグループ `{name}` は存在しません。',
  'must name somebody': '1 人以上入力してください',
  'must have at most {most} lines; these are {count}': '{most} 行以下にしてください（現在 {count} 行）',
  'is required for an invitation': '招待には必須です',
  'is another for the person who has this name': '同じ名前の既存ユーザーの値と異なります',
  'must be an absolute URL': '絶対 URL を入力してください',
  'must not hold spaces, backslashes or wildcards': '空白、バックスラッシュ、ワイルドカードは使用できません',
  'must not name a user': 'ユーザー名を含めることはできません',
  'must not have a fragment': 'フラグメントは使用できません',
  'must not use `{scheme}`': '`{scheme}` は使用できません',
  'must be https unless it is loopback (or `allow_insecure_redirects` is set)':
    'ループバック以外では https が必要です（`allow_insecure_redirects` を設定した場合を除く）',
  'must be https, loopback http, or for native clients a scheme such as `com.example.app:`':
    'https、ループバックの http、またはネイティブクライアントの場合は `com.example.app:` のようなスキームを使用してください',
  'must be an https URL': 'https の URL を入力してください',
  'are needed: sign-ins return to one of them': '1 つ以上入力してください。サインイン後の戻り先になります',
  'are needed with “Members of groups”': '「グループのメンバー」を選んだ場合は必須です',
  'are of use only with “Members of groups”: choose that, or leave this empty':
    '「グループのメンバー」を選んだ場合にのみ有効です。そちらを選ぶか、空のままにしてください',
  'must have more than dots': 'ピリオドだけにはできません',
  'must not have the form of a unique id of users and roles':
    'ユーザーやロールの一意のIDと同じ形式にはできません',
  'are needed for authorization_code': 'authorization_code には必要です',
  'are needed for `access: groups`, and of use with it alone': '`access: groups` の場合にのみ必要です',
  'is set by the client itself, which registered it': '登録したクライアント自身が設定します',
  'The client id `{id}` is taken.': 'クライアント ID `{id}` は使用されています。',
  'There is no client `{id}` any more.': 'クライアント `{id}` はもう存在しません。',
  'The client has no secret `{id}`.': 'クライアントにシークレット `{id}` はありません。',
  'A client has at most {count} secrets: remove one first.':
    'クライアントのシークレットは {count} 個までです。先に 1 つ削除してください。',
  'This is its only secret: add another one first.':
    '唯一のシークレットです。先にもう 1 つ追加してください。',
  'This client is in the configuration file: change it there.':
    'このクライアントは設定ファイルにあります。設定ファイルで変更してください。',
  'A registered client renews its secret itself (RFC 7592).':
    '登録されたクライアントは自身でシークレットを更新します（RFC 7592）。',
  'This client does not authenticate with a secret.': 'このクライアントはシークレットで認証しません。',
  'There is no such app.': 'このアプリは存在しません。',
  'There is no refused sign-in of this app in that entry.':
    'この記録は、このアプリの拒否されたサインインではありません。',
  'There is no such user, or the user is disabled.': 'このユーザーは存在しないか、無効です。',
  'There is no client `{id}` in account {account}.':
    'アカウント {account} にクライアント `{id}` はありません。',
  'scope {scope}': 'スコープ {scope}',
  'from {attribute}': '{attribute} から',
  'template {template}': 'テンプレート {template}',
  constant: '固定値',
  'an example': '例',
  'Mail is not configured.': 'メールは設定されていません。',
  '{count} test messages were sent in the last hour.':
    '直近 1 時間に {count} 件のテストメッセージが送信されました。',
  'The message goes to your own e-mail address, and you have none: add it to your profile, or give one with `to`.':
    'メッセージはあなたのメールアドレスに送られますが、アドレスが登録されていません。プロフィールに追加するか、`to` で指定してください。',
  '`{address}` is not an e-mail address.': '`{address}` はメールアドレスではありません。',
  'Mail is set in the configuration file: change it there, or remove `mail:` from it and reload, to set it here.':
    'メールは設定ファイルで指定されています。ファイルを変更するか、`mail:` を削除して再読み込みすると、ここで設定できます。',
  'Check the spelling of the host: this server finds no address of that name.':
    'ホスト名のつづりを確認してください。このサーバーではその名前のアドレスが見つかりません。',
  'Name a host with a public address and encryption, or have the operator list the host in CHANCERY_OUTBOUND_ALLOW.':
    '公開アドレスを持ち暗号化に対応したホストを指定するか、運用者に CHANCERY_OUTBOUND_ALLOW へのホストの追加を依頼してください。',
  'Check host and port, and that a firewall lets this server connect there: 587 is usual for STARTTLS, 465 for TLS.':
    'ホストとポート、およびファイアウォールがこのサーバーからの接続を許可しているかを確認してください。通常、STARTTLS は 587、TLS は 465 です。',
  'Name the host by the name that is in its certificate, or have the operator trust its authority with NODE_EXTRA_CA_CERTS.':
    '証明書に記載されている名前でホストを指定するか、運用者に NODE_EXTRA_CA_CERTS でその認証局を信頼するよう依頼してください。',
  'Choose the encryption that this port has: usually STARTTLS on 587, TLS on 465, none on 25.':
    'このポートの暗号化方式を選択してください。通常、587 は STARTTLS、465 は TLS、25 は暗号化なしです。',
  'Check user and password: many services want a password made for applications, or the whole address as the user.':
    'ユーザーとパスワードを確認してください。多くのサービスでは、アプリ用のパスワードや、ユーザーとしてアドレス全体を指定する必要があります。',
  'Use a sender (`from`, and the address for bounces) that this server may send from.':
    'このサーバーから送信できる送信者（`from` と配信エラーの通知先）を指定してください。',
  'The server takes no mail for this address: try another one, and check that it may relay mail.':
    'サーバーはこのアドレス宛てのメールを受け付けません。別のアドレスを試し、メールの中継が許可されているか確認してください。',
  'The server did not take the message itself: its answer says why.':
    'サーバーがメッセージ自体を受け付けませんでした。理由は応答に示されています。',
  'Compare the settings with what the mail service asks for.':
    'メールサービスが求める設定と照らし合わせてください。',
  'the mail server could not be used ({what}): {why}':
    'メールサーバーを使用できませんでした（{what}）：{why}',
  'the mail server could not be used ({what})': 'メールサーバーを使用できませんでした（{what}）',
  'the mail server refused ({what})': 'メールサーバーが拒否しました（{what}）',
  'no result within {seconds} s': '{seconds} 秒以内に結果がありませんでした',
  'must be `address@host` or `Name <address@host>`':
    '`address@host` または `Name <address@host>` の形式で入力してください',
  'must be given again when host, port or user change, or the encryption is given up: it is sent only where it was set for':
    'ホスト、ポート、ユーザーを変更する場合や暗号化をやめる場合は、もう一度入力してください。設定したときの接続先にのみ送信されます',
  'user and password must be set together': 'ユーザーとパスワードは両方とも指定してください',
  'a password would be sent unencrypted: use starttls or tls':
    'パスワードが暗号化されずに送信されます。starttls または tls を使ってください',
  'must have public addresses, or be in CHANCERY_OUTBOUND_ALLOW':
    '公開アドレスを持つか、CHANCERY_OUTBOUND_ALLOW に記載されている必要があります',
  'may be `none` only for hosts in CHANCERY_OUTBOUND_ALLOW':
    '`none` を指定できるのは、CHANCERY_OUTBOUND_ALLOW に記載されたホストのみです',
  'must be a domain in lower case': '小文字のドメインを入力してください',
  'must be a colour such as #0b6bcb': '#0b6bcb のような色を入力してください',
  'has a contrast of {ratio} with its text, and 4.5:1 is needed: the nearest colour that has it is {colour}':
    '文字とのコントラストは {ratio} ですが、4.5:1 が必要です。条件を満たす最も近い色は {colour} です',
  'must not contain line breaks, control characters or characters that change the direction of text':
    '改行、制御文字、文字の方向を変える文字は使えません',
  'has {count} characters: at most {most} are accepted':
    '{count} 文字あります。{most} 文字以内にしてください',
  'must contain a letter, a number or a symbol': '文字、数字、記号のいずれかを含めてください',
  'must not contain invisible characters beside none that they join': '何も結合しない不可視文字は使えません',
  'has more than three marks on one letter': '1 文字に 4 つ以上の記号が付いています',
  'has {bytes} bytes: at most {most} are accepted': '{bytes} バイトあります。{most} バイト以内にしてください',
  'is SVG, which may hold scripts: convert it to PNG or WebP':
    'SVG はスクリプトを含む可能性があります。PNG または WebP に変換してください',
  'must be a PNG, JPEG or WebP image': 'PNG、JPEG、WebP のいずれかの画像にしてください',
  'is {width} × {height} pixels: at most {mostWidth} × {mostHeight} are accepted':
    '{width} × {height} ピクセルです。{mostWidth} × {mostHeight} 以内にしてください',
  'is {width} × {height} pixels: at least {leastWidth} × {leastHeight} are needed':
    '{width} × {height} ピクセルです。{leastWidth} × {leastHeight} 以上にしてください',
  'is not a valid {format} image': '有効な {format} 画像ではありません',
  'is not a JPEG image that browsers draw': 'ブラウザーで表示できる JPEG 画像ではありません',
  'has something behind the image': '画像の後に余分なデータがあります',
  'holds no picture': '画像が含まれていません',
  'is cut off': '途中で切れています',
  'must not be animated': 'アニメーションは使えません',
  'is damaged: a checksum is wrong': '破損しています（チェックサムが一致しません）',
  'is damaged or cut off': '破損しているか、途中で切れています',
  'holds more than its width and height say': '幅と高さが示すよりも多くのデータが含まれています',
  'This preview was changed in another window or is over: look at it again.':
    'このプレビューは別のウィンドウで変更されたか、期限が切れました。もう一度確認してください。',
  'The next key was published too recently: it can sign from {time} on, when every verifier knows it.':
    '次のキーは公開されたばかりです。すべての検証者に行き渡る {time} 以降に署名できます。',
  'The keys of use `{use}` are not replaced: {why}.': '用途 `{use}` のキーは置き換えられません：{why}。',
  'every ID token, access token and role session that was issued until now; services learn it within seconds':
    'これまでに発行されたすべての ID トークン、アクセストークン、ロールセッション（サービスには数秒で伝わります）',
  'every role session that was issued until now: its secret access key is no longer accepted':
    'これまでに発行されたすべてのロールセッション（シークレットアクセスキーが受け付けられなくなります）',
  'sign-ins in progress at an identity provider, and cursors of lists':
    'ID プロバイダーで進行中のサインインと、リストのカーソル',
  'every browser session: everybody signs in again':
    'すべてのブラウザーセッション（全員が再度サインインします）',
  'nothing: audit keys are never removed, because the trail is verified with them':
    'なし（監査キーはログの検証に使うため、削除されません）',
  'every token that was issued for other services (GetWebIdentityToken)':
    'ほかのサービス用に発行されたすべてのトークン（GetWebIdentityToken）',
  "Certificate is no longer valid. The 'Not After' date restriction on the certificate has passed.":
    '証明書の有効期限が切れています。',
  'Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: {index}':
    '証明書チェーンは、直接の発行者の証明書から順に並べてください。無効な証明書の位置: {index}',
  'The private key did not match the public key provided. Please verify the key material and try again.':
    '証明書に対応する秘密鍵を指定してください',
  'the private key must be an unencrypted private key in PEM':
    '暗号化されていない PEM 形式の秘密鍵を指定してください',
  'Unable to parse certificate. Please ensure the certificate is in PEM format.':
    'PEM 形式の X.509 証明書を 1 つだけ指定してください',
  'the certificate chain must be PEM certificates and nothing else':
    '証明書チェーンには PEM 形式の証明書だけを指定してください',
  'The Server Certificate with name {name} already exists.':
    '{name} という名前のサーバー証明書はすでにあります。',
  'The Server Certificate with name {name} cannot be found.':
    '{name} という名前のサーバー証明書が見つかりません。',
  'the host `{host}` was not found': 'ホスト `{host}` が見つかりませんでした',
  '`{host}` did not answer in time': '`{host}` から時間内に応答がありませんでした',
  '`{host}` could not be reached: {why}': '`{host}` に接続できませんでした：{why}',
  '`{host}` does not resolve: {why}': '`{host}` のアドレスを解決できません：{why}',
  '`{host}` would be reached without encryption, and is not in CHANCERY_OUTBOUND_ALLOW':
    '`{host}` は暗号化なしで接続されることになり、CHANCERY_OUTBOUND_ALLOW に記載されていません',
  '`{host}` has an address that is not public, and is not in CHANCERY_OUTBOUND_ALLOW':
    '`{host}` のアドレスは公開されておらず、CHANCERY_OUTBOUND_ALLOW に記載されていません',
  Workflow: 'ワークフロー',
  'Job in .gitlab-ci.yml': '.gitlab-ci.yml のジョブ',
  'Job in .circleci/config.yml': '.circleci/config.yml のジョブ',
  'Step of the pipeline': 'パイプラインのステップ',
  Pod: 'Pod',
  'Commands on the machine': 'マシン上のコマンド',
  'Commands beside the SPIRE agent': 'SPIRE エージェントと同じマシンのコマンド',
  'GitLab CI, GitLab.com and self-managed': 'GitLab CI（GitLab.com およびセルフマネージド）',
  'Kubernetes service accounts': 'Kubernetes サービスアカウント',
  'Google service accounts and metadata identity tokens':
    'Google サービスアカウントとメタデータの ID トークン',
  'Microsoft Entra managed identities and applications (v2.0 tokens)':
    'Microsoft Entra のマネージド ID とアプリケーション（v2.0 トークン）',
  'https://token.actions.githubusercontent.com, with /ENTERPRISE after it where that was chosen, or https://HOST/_services/token of an Enterprise Server':
    'https://token.actions.githubusercontent.com（選択した場合は末尾に /ENTERPRISE）、または Enterprise Server の https://HOST/_services/token',
  'https://gitlab.com, or the URL of your GitLab': 'https://gitlab.com、または自社の GitLab の URL',
  'the cluster’s --service-account-issuer': 'クラスターの --service-account-issuer',
  'spiffe:// and the trust domain, or what SPIRE’s jwt_issuer says':
    'spiffe:// とトラストドメイン、または SPIRE の jwt_issuer の値',
  '`spiffe://` and the trust domain, or what SPIRE’s `jwt_issuer` says':
    '`spiffe://` とトラストドメイン、または SPIRE の `jwt_issuer` の値',
  Owner: '所有者',
  Repository: 'リポジトリ',
  'Owner id': '所有者の ID',
  'Repository id': 'リポジトリの ID',
  Branch: 'ブランチ',
  Tag: 'タグ',
  Environment: '環境',
  'Issuer URL': '発行者の URL',
  Project: 'プロジェクト',
  'Project id': 'プロジェクトの ID',
  'Organization id': '組織の ID',
  Organization: '組織',
  Pipeline: 'パイプライン',
  Namespace: '名前空間',
  'Service account': 'サービスアカウント',
  'Service account uid': 'サービスアカウントの UID',
  'Unique id': '一意の ID',
  Email: 'メールアドレス',
  'Tenant id': 'テナント ID',
  'Object id': 'オブジェクト ID',
  'Client id': 'クライアント ID',
  'Trust domain': 'トラストドメイン',
  Path: 'パス',
  'User or organization.': 'ユーザーまたは組織です。',
  'Its name without the owner.': '所有者を除いた名前です。',
  'The owner’s number, in tokens of repositories made or renamed since July 2026: `gh api repos/OWNER/REPOSITORY --jq .owner.id`.':
    '2026 年 7 月以降に作成または改名されたリポジトリのトークンに含まれる、所有者の番号です：`gh api repos/OWNER/REPOSITORY --jq .owner.id`',
  'The repository’s number, given together with that of the owner: `gh api repos/OWNER/REPOSITORY --jq .id`.':
    'リポジトリの番号です。所有者の番号と一緒に指定します：`gh api repos/OWNER/REPOSITORY --jq .id`',
  'Jobs on this branch.': 'このブランチのジョブです。',
  'Jobs on this tag.': 'このタグのジョブです。',
  'Jobs of this deployment environment.': 'このデプロイ環境のジョブです。',
  'The issuer of an enterprise or an Enterprise Server.':
    'Enterprise または Enterprise Server の発行者です。',
  'GROUP/PROJECT.': 'GROUP/PROJECT',
  'Its number, which stays when it is renamed.': '改名しても変わらない番号です。',
  'Jobs on this protected branch.': 'この保護ブランチのジョブです。',
  'Jobs on this protected tag.': 'この保護タグのジョブです。',
  'The URL of your GitLab.': '自社の GitLab の URL です。',
  'Its slug.': 'スラッグです。',
  'Builds of this branch.': 'このブランチのビルドです。',
  'The issuer, `kubectl get --raw /.well-known/openid-configuration`.':
    '発行者です：`kubectl get --raw /.well-known/openid-configuration`',
  'Of the service account.': 'サービスアカウントのものです。',
  'Its name.': '名前です。',
  'Its uid, which does not come back when it is made again.': 'UID です。作り直すと別の値になります。',
  'Its address as well, NAME@PROJECT.iam.gserviceaccount.com.':
    'アドレスも指定します：NAME@PROJECT.iam.gserviceaccount.com',
  'Directory (tenant) id.': 'ディレクトリ（テナント）ID です。',
  'Of the managed identity or service principal.': 'マネージド ID またはサービスプリンシパルのものです。',
  'Application (client) id of the app registration that tokens are asked for.':
    'トークンを要求する対象のアプリ登録の、アプリケーション（クライアント）ID です。',
  'Application (client) id of the identity itself, the `azp` of its tokens.':
    'ID 自体のアプリケーション（クライアント）ID で、トークンの `azp` です。',
  'The issuer: `spiffe://` and the trust domain, or `jwt_issuer` of the SPIRE server.':
    '発行者です：`spiffe://` とトラストドメイン、または SPIRE サーバーの `jwt_issuer`',
  'Without spiffe://.': 'spiffe:// を除いたものです。',
  'Of the workload, such as ns/web/sa/api.': 'ワークロードのものです（例：ns/web/sa/api）。',
  'must be 1 to 64 of `A-Z a-z 0-9 + = , . @ _ -`': '`A-Z a-z 0-9 + = , . @ _ -` の 1～64 文字にしてください',
  'must not hold quotes, `$` or wildcards': '引用符、`$`、ワイルドカードは使えません',
  'must not hold a colon': 'コロンは使えません',
  'must be the name of a person or role, with its path if it has one':
    'ユーザーまたはロールの名前を、パスがある場合はパスも含めて入力してください',
  'Give exactly one of branch, tag, environment.':
    'ブランチ、タグ、環境のいずれか 1 つだけを指定してください。',
  'Give exactly one of branch, tag.': 'ブランチとタグのいずれか 1 つだけを指定してください。',
  'Owner id and repository id must be given together.':
    '所有者の ID とリポジトリの ID は一緒に指定してください。',
  'Choose where the workload runs.': 'ワークロードの実行場所を選択してください。',
  'Role with name {name} already exists.': '{name} という名前のロールはすでに存在します。',
  'The role with name {name} cannot be found.': 'ロール {name} が見つかりません。',
  'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-.':
    'ロールの名前が無効です。使えるのは英数字と +=,.@_- だけです。',
  'Cannot delete entity, must detach all policies first.':
    '削除できません。先にすべてのポリシーをデタッチしてください。',
  'Cannot delete entity, must delete policies first.':
    '削除できません。先にインラインポリシーを削除してください。',
  'Cannot delete entity, must remove roles from instance profile first.':
    '削除できません。先にインスタンスプロファイルからロールを外してください。',
  'The trust policy of a role for the shared identity provider {issuer} must test {keys} by StringEquals, StringLike or StringEqualsIgnoreCase, with a value that is not only wildcards.':
    '共有プロバイダー {issuer} を対象とするロールの信頼ポリシーは、StringEquals、StringLike、StringEqualsIgnoreCase のいずれかで、ワイルドカードだけではない値を使って {keys} を検証する必要があります。',
  'Invalid principal in policy: "AWS":"{principal}".':
    'ポリシーのプリンシパルが無効です："AWS":"{principal}"',
  'a JWT of {issuer}, {algorithm}': '{issuer} の JWT（{algorithm}）',
  'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)':
    '指定された ID トークンは有効な JWT ではありません（アクセストークンを送った場合にもこのエラーになります）',
  'account {account} has no provider `{issuer}`; its URL must be exactly this text':
    'アカウント {account} にプロバイダー `{issuer}` はありません。URL がこの文字列と完全に一致する必要があります',
  'registered as {arn}': '{arn} として登録済み',
  'the subject is `{subject}`': 'サブジェクトは `{subject}` です',
  'the token is bound to a key, so it is not a bearer token':
    'トークンはキーに紐付いているため、ベアラートークンではありません',
  'Missing a required claim: {claim}: it is undefined; the provider accepts {accepted}':
    '必須のクレームがありません：{claim}。プロバイダーが受け付けるのは {accepted} です',
  'Missing a required claim: {claim}': '必須のクレームがありません：{claim}',
  'it expires in {seconds} s': '{seconds} 秒後に期限が切れます',
  'Token expired: current date/time {now} must be before the expiration date/time {end}':
    'トークンの期限が切れています：現在時刻 {now} は期限 {end} より前である必要があります',
  keys: 'キー',
  'resolve, connect and TLS': '名前解決、接続、TLS',
  'discovery document and its issuer': 'ディスカバリードキュメントとその発行者',
  'signature algorithms': '署名アルゴリズム',
  'client authentication': 'クライアント認証',
  'sign-out': 'サインアウト',
  'authorization endpoint': '認可エンドポイント',
  'client authentication at the token endpoint': 'トークンエンドポイントでのクライアント認証',
  'userinfo endpoint': 'userinfo エンドポイント',
  'list of addresses': 'アドレスの一覧',
  'fetch the metadata': 'メタデータの取得',
  'read the metadata': 'メタデータの読み取り',
  'metadata is still valid': 'メタデータの有効期間',
  'find the sign-in endpoint': 'サインインエンドポイントの検出',
  'signing certificates are pinned': '署名証明書の固定',
  'resolve {host}': '{host} の名前解決',
  'connect to {host}': '{host} への接続',
  'StartTLS with {host}': '{host} との StartTLS',
  'TLS with {host}': '{host} との TLS',
  'no bind at {host}': '{host} でのバインドなし',
  'bind at {host} as {name}': '{host} に {name} としてバインド',
  'read {name}={value}': '{name}={value} の読み取り',
  'read entryUUID': 'entryUUID の読み取り',
  'read objectGUID': 'objectGUID の読み取り',
  'search groups ({filter})': 'グループの検索（{filter}）',
  'search ({filter})': '検索（{filter}）',
  'no discovery document': 'ディスカバリードキュメントがありません',
  'not advertised': '公開されていません',
  'not advertised; sent nevertheless': '公開されていませんが送信します',
  'it offers {offered}; allowed are {allowed}':
    '提供しているのは {offered} ですが、許可されているのは {allowed} です',
  'it takes {methods} and not S256': '{methods} に対応し、S256 には対応していません',
  'the keys: HTTP {status}': 'キー：HTTP {status}',
  'no jwks_uri': 'jwks_uri がありません',
  '{count} usable, from the configuration': '{count} 個使用可能（設定によるもの）',
  '{count} usable': '{count} 個使用可能',
  'it has no end_session_endpoint, which sign_out needs':
    'sign_out に必要な end_session_endpoint がありません',
  '{url}; it must know https://<your Chancery>/signed-out as post-logout redirect URI':
    '{url}。ログアウト後のリダイレクト URI として https://<Chancery のアドレス>/signed-out の登録が必要です',
  'HTTP {status} without a token; it should be 401': 'トークンなしで HTTP {status}。401 であるべきです',
  'HTTP {status} without a token': 'トークンなしで HTTP {status}',
  'credentials accepted ({answer})': '認証情報は受け付けられました（{answer}）',
  'not certain: {answer}': '不明：{answer}',
  'credentials refused: {answer}': '認証情報が拒否されました：{answer}',
  'credentials refused:': '認証情報が拒否されました',
  'not signed, protected by https': '署名なし、https で保護',
  'its signature is valid': '署名は有効です',
  'no expiry': '期限なし',
  'it expired on {date}': '{date} に期限切れ',
  'no SingleSignOnService has the binding HTTP-Redirect':
    'バインディング HTTP-Redirect の SingleSignOnService がありません',
  '{protocol}, certificate for {names}, until {end} ({days} days)':
    '{protocol}、{names} の証明書、{end} まで（{days} 日）',
  'there is no such entry': 'そのエントリはありません',
  'no user is found, or the service account may not read users':
    'ユーザーが見つからないか、サービスアカウントにユーザーの読み取り権限がありません',
  'in no group': 'どのグループにも属していません',
  '`{url}` is neither ldaps nor StartTLS, and not in CHANCERY_OUTBOUND_ALLOW':
    '`{url}` は ldaps でも StartTLS でもなく、CHANCERY_OUTBOUND_ALLOW にもありません',
  '`{url}` is not https, and not in CHANCERY_OUTBOUND_ALLOW':
    '`{url}` は https ではなく、CHANCERY_OUTBOUND_ALLOW にもありません',
  '`{host}` does not resolve': '`{host}` の名前を解決できません',
  '`{host}` has no address': '`{host}` にアドレスがありません',
  'a redirect without a location': '宛先のないリダイレクト',
  'a redirect': 'リダイレクト',
  'more than {count} redirects': '{count} 回を超えるリダイレクト',
  'not a URL': 'URL ではありません',
  'the URL contains a user name': 'URL にユーザー名が含まれています',
  'GET {url} failed: {why}': 'GET {url} に失敗しました：{why}',
  'POST {url} failed: {why}': 'POST {url} に失敗しました：{why}',
  'a body over {count} bytes': '{count} バイトを超える本文',
  'too many requests wait for this host': 'このホストへの待機中のリクエストが多すぎます',
  'left alone for a while after {count} failures in a row':
    '{count} 回続けて失敗したため、しばらく接続しません',
  '`{origin}` answered {status}': '`{origin}` の応答は {status} でした',
  'The operation was aborted due to timeout': '時間内に応答がありませんでした',
  'no answer in time': '時間内に応答がありませんでした',
  'the connection was closed': '接続が閉じられました',
  'socket hang up': '接続が閉じられました',
  'connect ECONNREFUSED {address}': '接続が拒否されました（ECONNREFUSED {address}）',
  'getaddrinfo ENOTFOUND {host}': 'ホストが見つかりません（ENOTFOUND {host}）',
  'self-signed certificate in certificate chain': '証明書チェーンに自己署名証明書があります',
  'self-signed certificate': '自己署名証明書です',
  'unable to verify the first certificate': '証明書を検証できません。発行者の証明書がありません',
  'unable to get local issuer certificate': '証明書が既知の認証局のものではありません',
  'certificate has expired': '証明書の期限が切れています',
  "Hostname/IP does not match certificate's altnames: {detail}":
    '証明書がこのホストのものではありません：{detail}',
  'StartTLS was refused with code {code}': 'StartTLS がコード {code} で拒否されました',
  'plain-text bytes after the response to StartTLS': 'StartTLS の応答の後に平文のバイトがあります',
  'the answer is not LDAP': '応答が LDAP ではありません',
  'the response to StartTLS is another message': 'StartTLS への応答が別のメッセージです',
  '`ldap{url}`: {why}': '`ldap{url}`：{why}',
  'ldap{url}: search below `{base}`: {answer}': 'ldap{url}：`{base}` 以下の検索：{answer}',
  'ldap{url}: reading an entry: {answer}': 'ldap{url}：エントリの読み取り：{answer}',
  'result code {code}: {answer}': '結果コード {code}：{answer}',
  'the discovery document: HTTP {status}': 'ディスカバリードキュメント：HTTP {status}',
  'the discovery document must be a JSON object without duplicate keys':
    'ディスカバリードキュメントは、重複するキーのない JSON オブジェクトでなければなりません',
  'the discovery document names no {name}': 'ディスカバリードキュメントに {name} がありません',
  'the issuer is `{issuer}`, which is shared by many tenants: register the issuer of your own tenant':
    '発行者 `{issuer}` は多くのテナントで共有されています。自社テナントの発行者を登録してください',
  'the discovery document is of another issuer: `{issuer}`':
    'ディスカバリードキュメントは別の発行者のものです：`{issuer}`',
  'the discovery document is of another issuer': 'ディスカバリードキュメントは別の発行者のものです',
  "the discovery document's {name} must be an https URL":
    'ディスカバリードキュメントの {name} は https の URL でなければなりません',
  'the key set is unusable: {why}': 'キーセットを使用できません：{why}',
  'not a JSON Web Key Set: `keys` must be an array':
    'JSON Web Key Set ではありません。`keys` は配列でなければなりません',
  'it contains no key that can verify a signature': '署名を検証できるキーがありません',
  'a key must be a JSON object': 'キーは JSON オブジェクトでなければなりません',
  'it holds a private key': '秘密鍵が含まれています',
  'the private key is no JWK or PEM of a type this server signs with':
    '秘密鍵が、このサーバーで署名に使える種類の JWK または PEM ではありません',
  'the metadata: HTTP {status}': 'メタデータ：HTTP {status}',
  'the metadata has expired': 'メタデータの期限が切れています',
  'the metadata was not fetched yet; `chancery provider check` shows why':
    'メタデータはまだ取得されていません。理由は `chancery provider check` で確認できます',
  'the metadata has no EntityDescriptor of `{id}`': 'メタデータに `{id}` の EntityDescriptor がありません',
  'the metadata has several EntityDescriptors of `{id}`':
    'メタデータに `{id}` の EntityDescriptor が複数あります',
  'the signature of the metadata does not verify with metadata_certificate':
    'メタデータの署名を metadata_certificate で検証できません',
  'the metadata is not signed, and metadata_certificate is set':
    'metadata_certificate が設定されていますが、メタデータに署名がありません',
  'the metadata: {why}': 'メタデータ：{why}',
  'the SAML metadata is not acceptable: {why}': 'SAML メタデータを受け付けられません：{why}',
  'it is empty': '空です',
  'its root must be one EntityDescriptor; for metadata of a federation, use only the EntityDescriptor of your provider':
    'ルートは 1 つの EntityDescriptor でなければなりません。フェデレーションのメタデータからは、プロバイダーの EntityDescriptor だけを使ってください',
  'entityID must be a URI of 1 to 1024 characters': 'entityID は 1～1024 文字の URI でなければなりません',
  'it must have exactly one IDPSSODescriptor': 'IDPSSODescriptor はちょうど 1 つでなければなりません',
  'the IDPSSODescriptor does not support SAML 2.0': 'IDPSSODescriptor が SAML 2.0 に対応していません',
  'validUntil is not a time': 'validUntil が日時ではありません',
  'a Location of {name} is not a URL': '{name} の Location が URL ではありません',
  'a ResponseLocation of {name} is not a URL': '{name} の ResponseLocation が URL ではありません',
  'it has no signing certificate': '署名証明書がありません',
  'it has more than {count} signing certificates': '署名証明書が {count} 個を超えています',
  'a signing certificate cannot be read': '署名証明書を読み取れません',
  "a signing certificate's key must be RSA of at least {count} bits, or EC":
    '署名証明書のキーは {count} ビット以上の RSA または EC でなければなりません',
  'the XML has more than {count} characters': 'XML が {count} 文字を超えています',
  'the XML has more than {count} elements': 'XML の要素が {count} 個を超えています',
  'the XML has more than {count} attributes': 'XML の属性が {count} 個を超えています',
  'the XML has more than {count} namespace declarations': 'XML の名前空間宣言が {count} 個を超えています',
  'the XML is deeper than {count}': 'XML の階層が {count} を超えています',
  'comments are not allowed': 'コメントは使用できません',
  'a DTD is not allowed': 'DTD は使用できません',
  'declarations and CDATA sections are not allowed': '宣言と CDATA セクションは使用できません',
  'processing instructions are not allowed': '処理命令は使用できません',
  'entities are not allowed': '実体は使用できません',
  'it has characters that XML does not allow': 'XML で使用できない文字があります',
  'an element has too many attributes': '属性が多すぎる要素があります',
  'the XML is not well-formed': 'XML が整形式ではありません',
  'the XML has no element': 'XML に要素がありません',
  'the XML has two roots': 'XML にルートが 2 つあります',
  'the XML has nodes other than elements and text': 'XML に要素とテキスト以外のノードがあります',
  'an attribute is repeated': '属性が重複しています',
  'an element is signed twice': '2 回署名された要素があります',
  'a signature is in a place where none is allowed': '許可されていない場所に署名があります',
  'an ID is repeated': 'ID が重複しています',
  'the signed element has no usable ID': '署名された要素に使用できる ID がありません',
  'the signature has an element that is not allowed': '署名に許可されていない要素があります',
  'the canonicalization is not allowed': 'この正規化は許可されていません',
  'the signature algorithm is not allowed': 'この署名アルゴリズムは許可されていません',
  'the signature covers another element': '署名は別の要素のものです',
  'the digest algorithm is not allowed': 'このダイジェストアルゴリズムは許可されていません',
  'the transforms are not allowed': 'この変換は許可されていません',
  'SignedInfo is larger than a signature needs': 'SignedInfo が署名に必要な大きさを超えています',
  'InclusiveNamespaces is repeated': 'InclusiveNamespaces が重複しています',
  'the token is of the issuer `{issuer}`': 'トークンの発行者は `{issuer}` です',
  "alg `{alg}` is not one of the provider's algorithms":
    'alg `{alg}` はプロバイダーのアルゴリズムではありません',
  'the token was issued to another client': 'トークンは別のクライアントに発行されたものです',
  'the keys, {why}': 'キー：{why}',
  'http{url} answered {status}': 'http{url} の応答は {status} でした',
  'Missing a required claim: {name}': '必要なクレームがありません：{name}',
  'the token is not signed by a key of its issuer': 'トークンは発行者のキーで署名されていません',
  'the token was issued in the future': 'トークンの発行時刻が未来です',
  'the token is not valid yet': 'トークンはまだ有効ではありません',
  'the token expires before it was issued': 'トークンの期限が発行時刻より前です',
  'the token lives too long': 'トークンの有効期間が長すぎます',
  '`{claim}` is not a time': '`{claim}` は時刻ではありません',
  '`aud` is not a string or a list of strings: it is {seen}; the provider accepts {accepted}':
    '`aud` が文字列でも文字列の配列でもありません：{seen}。プロバイダーが受け付けるのは {accepted} です',
  'Incorrect token audience: a token with several `aud` must have an `azp`: it is {seen}; the provider accepts {accepted}':
    'トークンのオーディエンスが正しくありません：複数の `aud` を持つトークンには `azp` が必要です。値は {seen}、プロバイダーが受け付けるのは {accepted} です',
  'Incorrect token audience: `azp` is {seen}; the provider accepts {accepted}':
    'トークンのオーディエンスが正しくありません：`azp` は {seen}、プロバイダーが受け付けるのは {accepted} です',
  'Incorrect token audience: it is {seen}; the provider accepts {accepted}':
    'トークンのオーディエンスが正しくありません：値は {seen}、プロバイダーが受け付けるのは {accepted} です',
  "`{audience}` is one of the provider's": '`{audience}` はプロバイダーに登録されています',
  'by a key of the issuer (discovery)': '発行者のキーによる署名（ディスカバリー）',
  'by a key of the issuer (url)': '発行者のキーによる署名（URL）',
  'by a key of the issuer (upload)': '発行者のキーによる署名（アップロード）',
  '`sub` is not a SPIFFE ID': '`sub` は SPIFFE ID ではありません',
  '`sub` is a SPIFFE ID of another trust domain': '`sub` は別のトラストドメインの SPIFFE ID です',
  'the keys cannot be fetched: {why}': 'キーを取得できません：{why}',
  'this provider’s tokens may be used again': 'このプロバイダーのトークンは再使用できます',
  'not used before': '未使用です',
  'the token was used before': 'トークンは使用済みです',
  'arn:aws:iam::{role} trusts it': 'arn:aws:iam::{role} はこのトークンを信頼します',
  'arn:aws:iam::{provider} is disabled': 'arn:aws:iam::{provider} は無効です',
  'the claim `{claim}` is not acceptable: {why}': 'クレーム `{claim}` は受け付けられません：{why}',
  'The claim `{claim}` of the token does not name this role':
    'トークンのクレーム `{claim}` にこのロールがありません',
  'the claims of this issuer would read as condition keys of AWS':
    'この発行者のクレームは AWS の条件キーとして読まれてしまいます',
  'two claims of the token read as `{key}`': 'トークンの 2 つのクレームが `{key}` になります',
  'the token has more than {count} claims': 'トークンのクレームが {count} 個を超えています',
  '{action}: the conditions of the trust policy do not hold: {conditions}':
    '{action}：信頼ポリシーの条件を満たしていません：{conditions}',
  '{action}: no statement of the trust policy is for this principal and action':
    '{action}：このプリンシパルとアクションに当てはまるステートメントが信頼ポリシーにありません',
  '{action}: {statements} of the trust policy denies it':
    '{action}：信頼ポリシーの{statements}が拒否しています',
  'must be https://token.actions.githubusercontent.com, with /ENTERPRISE after it where that was chosen, or https://HOST/_services/token of an Enterprise Server':
    'https://token.actions.githubusercontent.com（選択した場合は末尾に /ENTERPRISE）、または Enterprise Server の https://HOST/_services/token にしてください',
  'must be https://gitlab.com, or the URL of your GitLab':
    'https://gitlab.com、または自社の GitLab の URL にしてください',
  'must be the cluster’s service account issuer': 'クラスターのサービスアカウント発行者にしてください',
  'must be `spiffe://` and the trust domain, or what SPIRE’s `jwt_issuer` says':
    '`spiffe://` とトラストドメイン、または SPIRE の `jwt_issuer` の値にしてください',
  'Url must be https://{address}.': '発行者の URL は https://{address} にしてください。',
  'An action has the form `service:Action`, without wildcards.':
    'アクションは `service:Action` の形で、ワイルドカードなしで入力してください。',
  'A resource has no more than 2048 characters.': 'リソースは 2048 文字以内で入力してください。',
  '`{line}` is not a condition key: write key=value, for instance {example}.':
    '`{line}` は条件キーではありません。key=value の形で入力してください（例：{example}）。',
  'Name a policy.': 'ポリシーを指定してください。',
  'Choose a person, a group or a role.': 'ユーザー、グループ、ロールのいずれかを選択してください。',
  'Choose whether to attach or to detach.': 'アタッチとデタッチのどちらかを選択してください。',
  'The user with name {name} cannot be found.': 'ユーザー {name} は見つかりません。',
  'The group with name {name} cannot be found.': 'グループ {name} は見つかりません。',
  'Policy {arn} was not found.': 'ポリシー {arn} は見つかりません。',
  'Policy {arn} does not exist or is not attachable.': 'ポリシー {arn} は存在しないか、アタッチできません。',
  'A policy called {name} already exists. Duplicate names are not allowed.':
    'ポリシー {name} はすでに存在します。同じ名前は使用できません。',
  'Cannot delete a policy attached to entities.': 'アタッチされているポリシーは削除できません。',
  "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.":
    'このポリシーには複数のバージョンがあります。先にほかのバージョンを削除してください。既定のバージョンはポリシーと一緒に削除されます。',
  'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.':
    '管理ポリシーのバージョンは 5 つまでです。新しいバージョンを作成する前に、既存のバージョンを削除してください。',
  'Cannot perform the operation on an AWS managed policy.':
    '組み込みポリシーに対してこの操作は実行できません。',
  'The person who asked no longer exists, or is disabled.':
    'リクエストしたユーザーは存在しないか、無効になっています。',
  'The role that was asked for no longer exists.': 'リクエストされたロールは存在しません。',
  'There is no access request `{id}`.': 'アクセスのリクエスト `{id}` はありません。',
  'The request is open: it was decided or withdrawn meanwhile.':
    'リクエストは保留中です。その間に状態が変わりました。',
  'The request is approved: it was decided or withdrawn meanwhile.':
    'リクエストは承認済みです。その間に判断が出ました。',
  'The request is refused: it was decided or withdrawn meanwhile.':
    'リクエストは拒否済みです。その間に判断が出ました。',
  'The request is withdrawn: it was decided or withdrawn meanwhile.':
    'リクエストはその間に取り下げられました。',
  'The request is ended: it was decided or withdrawn meanwhile.': 'リクエストはその間に終了しました。',
  'Somebody else must approve your own request.': '自分のリクエストはほかの人が承認する必要があります。',
  'Nobody can ask for the role `{role}` any more: its tag `{tag}` was removed.':
    'ロール `{role}` はリクエストできなくなりました。タグ `{tag}` が削除されています。',
  '`{field}` is empty': '`{field}` が空です',
  '`{field}` has more than {most} characters': '`{field}` が {most} 文字を超えています',
  '`{field}` has characters that cannot be shown': '`{field}` に表示できない文字があります',
  'access lasts 15 minutes to 30 days': 'アクセスの期間は 15 分から 30 日です',
  'Reads IAM. Created at the first start, to try AssumeRole with. You may delete it.':
    'IAM を読み取ります。AssumeRole を試せるように、初回起動時に作成されました。削除してもかまいません。',
  'Provides full access to all services and resources.':
    'すべてのサービスとリソースへのフルアクセスを許可します。',
  'Provides full access to database services and to what runs them.':
    'データベースサービスとその実行基盤へのフルアクセスを許可します。',
  'Provides full access to create and change APIs.': 'API の作成と変更へのフルアクセスを許可します。',
  'Provides full access to call APIs.': 'API の呼び出しへのフルアクセスを許可します。',
  'Provides full access to {what}.': 'フルアクセスを許可します（{what}）。',
  'Provides read-only access to {what}.': '読み取り専用アクセスを許可します（{what}）。',
  'Provides read access to when services were last used.':
    'サービスの最終使用日時への読み取りアクセスを許可します。',
  'Provides read and write access to secrets.': 'シークレットへの読み取りと書き込みのアクセスを許可します。',
  'Provides access to AWS KMS without deleting keys or changing who may use them.':
    'AWS KMS へのアクセスを許可します。キーの削除と使用者の変更はできません。',
  'Provides access to services that analyse data.': 'データを分析するサービスへのアクセスを許可します。',
  'Provides access to the services that applications and machines need, not to users and policies.':
    'アプリケーションとマシンに必要なサービスへのアクセスを許可します。ユーザーとポリシーは含みません。',
  'Lets APIs write logs.': 'API によるログの書き込みを許可します。',
  'Lets AWS CodeDeploy replace machines and functions behind load balancers.':
    'AWS CodeDeploy によるロードバランサー配下のマシンと関数の入れ替えを許可します。',
  'Lets AWS Config read the configuration of resources.':
    'AWS Config によるリソース設定の読み取りを許可します。',
  'Lets AWS Glue run crawlers and jobs.': 'AWS Glue によるクローラーとジョブの実行を許可します。',
  'Lets a Kubernetes control plane manage the resources of its cluster.':
    'Kubernetes コントロールプレーンによるクラスターのリソース管理を許可します。',
  'Lets a daemon write traces.': 'デーモンによるトレースの書き込みを許可します。',
  'Lets a function read DynamoDB streams and write logs.':
    '関数による DynamoDB ストリームの読み取りとログの書き込みを許可します。',
  'Lets a function read Kinesis streams and write logs.':
    '関数による Kinesis ストリームの読み取りとログの書き込みを許可します。',
  'Lets a function receive messages of a queue and write logs.':
    '関数によるキューのメッセージの受信とログの書き込みを許可します。',
  'Lets a function run in a VPC and write logs.': '関数の VPC 内での実行とログの書き込みを許可します。',
  'Lets a function read the topics of a cluster of Amazon MSK and write logs.':
    '関数による Amazon MSK クラスターのトピックの読み取りとログの書き込みを許可します。',
  'Lets a service call functions.': 'サービスによる関数の呼び出しを許可します。',
  'Lets Auto Scaling change how many tasks of Amazon ECS run.':
    'Auto Scaling による Amazon ECS タスクの実行数の変更を許可します。',
  'Lets events start tasks of Amazon ECS.': 'イベントによる Amazon ECS タスクの開始を許可します。',
  'Lets Spot Fleet start, tag and end machines.':
    'Spot Fleet によるマシンの起動、タグ付け、終了を許可します。',
  'Lets Amazon EMR start and end the machines of its clusters.':
    'Amazon EMR によるクラスターのマシンの起動と終了を許可します。',
  'Lets the machines of a cluster of Amazon EMR use the services that hold its data.':
    'Amazon EMR クラスターのマシンによる、データを保持するサービスの利用を許可します。',
  'Lets AWS Control Tower set up and watch the accounts of an organization.':
    'AWS Control Tower による組織のアカウントの設定と監視を許可します。',
  'Lets AWS Batch run jobs on machines and containers.':
    'AWS Batch によるマシンとコンテナでのジョブの実行を許可します。',
  'Lets AWS Backup make backups.': 'AWS Backup によるバックアップの作成を許可します。',
  'Lets AWS Backup restore backups.': 'AWS Backup によるバックアップの復元を許可します。',
  'Lets snapshots of volumes be made and deleted by a schedule.':
    'スケジュールに従ったボリュームのスナップショットの作成と削除を許可します。',
  'Lets AWS CodeDeploy replace functions.': 'AWS CodeDeploy による関数の置き換えを許可します。',
  'Lets migrations of databases manage the addresses of their machines.':
    'データベースの移行による、マシンのアドレスの管理を許可します。',
  'Lets migrations of databases write logs.': 'データベースの移行によるログの書き込みを許可します。',
  'Lets a function write logs.': '関数によるログの書き込みを許可します。',
  'Lets a machine be managed by AWS Systems Manager.': 'AWS Systems Manager によるマシンの管理を許可します。',
  'Lets a machine run tasks of Amazon ECS.': 'マシンによる Amazon ECS タスクの実行を許可します。',
  'Lets a task pull its image and write logs.': 'タスクによるイメージの取得とログの書き込みを許可します。',
  'Lets auditors read the configuration of security: names and settings, no contents.':
    '監査担当者によるセキュリティ設定の読み取りを許可します。名前と設定のみで、内容は含みません。',
  'Lets databases write their measurements to logs.':
    'データベースによる測定値のログへの書き込みを許可します。',
  'Lets nodes join a Kubernetes cluster.': 'ノードの Kubernetes クラスターへの参加を許可します。',
  'Lets nodes manage the addresses of their network interfaces.':
    'ノードによるネットワークインターフェイスのアドレス管理を許可します。',
  'Lets people list what there is, without reading its contents.':
    '内容を読み取らずに、存在するものを一覧表示することを許可します。',
  'Lets people read and manage bills, budgets and payment.': '請求、予算、支払いの閲覧と管理を許可します。',
  'Lets people work on support cases and look at what they concern.':
    'サポートケースの対応と、対象の閲覧を許可します。',
  'Lets the agent on a machine write metrics and logs.':
    'マシン上のエージェントによるメトリクスとログの書き込みを許可します。',
  'Lets the storage driver of a Kubernetes cluster manage volumes.':
    'Kubernetes クラスターのストレージドライバーによるボリューム管理を許可します。',
  'Lets users manage their own SSH public keys.': 'ユーザー自身の SSH 公開キーの管理を許可します。',
  'Lets users manage their own service-specific credentials.':
    'ユーザー自身のサービス固有の認証情報の管理を許可します。',
  'buckets and objects': 'バケットとオブジェクト',
  'container registries': 'コンテナレジストリ',
  'load balancers': 'ロードバランサー',
  'network services': 'ネットワークサービス',
  'Provides full access to certificates.': '証明書へのフルアクセスを許可します。',
  'Provides read-only access to certificates.': '証明書への読み取り専用アクセスを許可します。',
  'Provides full access to IAM: users, roles, policies, keys and providers.':
    'IAM（ユーザー、ロール、ポリシー、キー、プロバイダー）へのフルアクセスを許可します。',
  'Provides read only access to IAM.': 'IAM への読み取り専用アクセスを許可します。',
  'Provides the ability for an IAM user to change their own password.':
    'ユーザー自身のパスワード変更を許可します。',
  'Provides full access to services and resources, but does not allow management of users and groups.':
    'サービスとリソースへのフルアクセスを許可します。ユーザーとグループの管理は含みません。',
  'Provides read-only access to services and resources.':
    'サービスとリソースへの読み取り専用アクセスを許可します。',
  '`{name}` is not a time': '`{name}` は日時ではありません',
  '`aud` is not a string or a list of strings': '`aud` が文字列でも文字列のリストでもありません',
  '`azp` is not a string': '`azp` が文字列ではありません',
  'Incorrect token audience: a token with several `aud` must have an `azp`':
    'オーディエンスが正しくありません。`aud` が複数あるトークンには `azp` が必要です',
  'Incorrect token audience': 'トークンのオーディエンスが正しくありません',
  'the provider is disabled': 'プロバイダーが無効です',
  'users do not sign in with this provider': 'このプロバイダーはサインインに使われていません',
  'the claims have no subject': 'クレームにサブジェクトがありません',
  '`{path}` does not meet `require`': '`{path}` が `require` を満たしていません',
  '`{name}` has this identity and is disabled': 'この ID は `{name}` のものですが、無効になっています',
  'has this identity': 'この ID の所有者です',
  '{email} is verified, and its domain is one of this provider’s':
    '{email} は確認済みで、ドメインはこのプロバイダーのものです',
  '`{name}` has {email} already, and {why}; they can connect this identity once signed in':
    '`{name}` がすでに {email} を使用しており、{why}。サインイン後にこの ID を結び付けられます',
  'the provider does not mark it as verified': 'プロバイダーが確認済みとしていません',
  'its domain is not among the domains of the provider': 'ドメインがプロバイダーのドメインに含まれていません',
  'so have others': 'ほかのユーザーも使用しています',
  'is disabled': 'アカウントが無効です',
  'it is not verified here': 'ここでは確認されていません',
  'is joined with another identity of this provider': 'このプロバイダーの別の ID に結び付いています',
  'no user has this identity, and create_users is false':
    'この ID のユーザーがなく、create_users が false です',
  'no user has this identity; {email} is taken from `{name}`':
    'この ID のユーザーがなく、{email} は `{name}` から移ります',
  'no user has this identity': 'この ID のユーザーがありません',
  'no audience is registered, so every token of this issuer is refused':
    'オーディエンスが登録されていないため、この発行者のトークンはすべて拒否されます',
  'add the audience of your workloads to client_ids':
    'ワークロードのオーディエンスを client_ids に追加してください',
  'addresses that the provider did not verify count as verified and select users: anyone who can set an address there can sign in as that user here':
    'プロバイダーが確認していないアドレスが確認済みとして扱われ、ユーザーの特定に使われます。プロバイダーでアドレスを設定できる人は、ここでそのユーザーとしてサインインできます',
  'remove the default `true` of mapping.email_verified, or the domains':
    'mapping.email_verified の既定値 `true`、またはドメインを削除してください',
  'addresses that the provider did not verify are stored as verified':
    'プロバイダーが確認していないアドレスが確認済みとして保存されます',
  'remove the default `true` of mapping.email_verified':
    'mapping.email_verified の既定値 `true` を削除してください',
  '`domains` contains a domain where anybody can have an address':
    '誰でもアドレスを持てるドメインが `domains` に含まれています',
  'name only domains of your own organisation': '自組織のドメインだけを指定してください',
  'anybody can have an account at this provider, and everybody who signs in becomes a user here':
    'このプロバイダーには誰でもアカウントを持て、サインインした人は全員ここのユーザーになります',
  'restrict sign-in with `require`, set create_users to false, or use the issuer of your own organisation':
    '`require` でサインインを制限するか、create_users を false にするか、自組織の発行者を使ってください',
  'everybody who signs in becomes a user here: neither a domain nor a rule restricts it':
    'サインインした人は全員ここのユーザーになります。ドメインにも規則にも制限がありません',
  'list its domains, restrict sign-in with `require`, or set create_users to false':
    'ドメインを指定するか、`require` でサインインを制限するか、create_users を false にしてください',
  'users without groups at the provider are put into groups by a default':
    'プロバイダーでグループのないユーザーが、既定値によってグループに入ります',
  'remove the default of mapping.groups': 'mapping.groups の既定値を削除してください',
  'a single factor counts as the second one': '単一の要素が 2 つ目の認証要素として扱われます',
  'list only values that mean two factors, such as `mfa`, in second_factor.amr':
    'second_factor.amr には、`mfa` のように 2 要素を意味する値だけを指定してください',
  'users who used a single factor at the provider need no second one, unless they enrolled one here':
    'プロバイダーで単一の要素を使ったユーザーは、ここで設定していない限り 2 つ目の認証要素が不要です',
  'set second_factor.ask to `everyone`': 'second_factor.ask を `everyone` にしてください',
  'the issuer uses plain http: anyone on the network path can sign in as any user and read the userinfo response':
    '発行者が暗号化されていない http を使っています。通信経路上の誰でも任意のユーザーとしてサインインし、userinfo の応答を読めます',
  'use an https issuer': 'https の発行者を使ってください',
  'the keys are fetched over plain http: anyone on the network path can replace them':
    'キーが暗号化されていない http で取得されます。通信経路上の誰でも差し替えられます',
  'use an https jwks_uri': 'https の jwks_uri を使ってください',
  'the keys are uploaded: sign-in stops when the provider rotates them, and a withdrawn key stays valid':
    'キーはアップロードされたものです。プロバイダーがキーを更新するとサインインできなくなり、取り消されたキーも有効なままです',
  'use discovery or jwks_uri where the issuer can be reached':
    '発行者に接続できる場合は、ディスカバリーまたは jwks_uri を使ってください',
  'the client has no secret: only PKCE protects a stolen code, if the provider supports PKCE':
    'クライアントにシークレットがありません。盗まれたコードを守るのは、プロバイダーが対応している場合の PKCE だけです',
  'the client has no secret: only PKCE protects a stolen code':
    'クライアントにシークレットがありません。盗まれたコードを守るのは PKCE だけです',
  'register a confidential client: client_secret, or better private_key':
    '機密クライアントを登録してください。client_secret、できれば private_key を使います',
  'register a confidential client with a client_secret':
    'client_secret のある機密クライアントを登録してください',
  'the issuer is shared by many tenants, so users cannot sign in with it':
    '発行者が多くのテナントで共有されているため、サインインに使えません',
  'use the issuer of your own tenant, `https://login.microsoftonline.com/<tenant id>/v2.0`':
    '自社テナントの発行者 `https://login.microsoftonline.com/<tenant id>/v2.0` を使ってください',
  '`acr` 0 counts as a second factor: it stands for no authentication worth the name':
    '`acr` 0 が 2 つ目の認証要素として扱われます。これは認証と呼べるものを意味しません',
  'leave `0` out of second_factor.acr (OIDC Core §2)':
    'second_factor.acr から `0` を除いてください（OIDC Core §2）',
  '`prompt=none` in parameters: who has no session there is refused instead of asked':
    'parameters に `prompt=none` があります。相手側にセッションのないユーザーは、確認されずに拒否されます',
  'leave it out': '除いてください',
  'an endpoint uses plain http: anyone on the network path can sign in as any user':
    '暗号化されていない http のエンドポイントがあります。通信経路上の誰でも任意のユーザーとしてサインインできます',
  'use https endpoints': 'https のエンドポイントを使ってください',
  'the subject is `{subject}`, which may change or go to somebody else, and their account here with it':
    'サブジェクトが `{subject}` です。変更されたり別の人に割り当てられたりすることがあり、ここのアカウントも一緒に移ります',
  'use the claim with the number or opaque id as subject':
    '番号または不透明な ID のクレームをサブジェクトにしてください',
  'verified addresses rely on the userinfo endpoint alone':
    '確認済みのアドレスの根拠が userinfo エンドポイントだけです',
  'set emails_endpoint where there is one, or make sure that `email_verified` is reliable':
    'あれば emails_endpoint を設定するか、`email_verified` が信頼できることを確認してください',
  'the issuer is of another origin than the token endpoint':
    '発行者のオリジンがトークンエンドポイントと異なります',
  'make sure that the issuer belongs to this provider and to no other':
    '発行者がこのプロバイダーだけのものであることを確認してください',
  'its metadata was not fetched yet: nobody can sign in with it until then':
    'メタデータがまだ取得されていません。取得されるまで、誰もサインインできません',
  'start the server, and see that metadata_url answers':
    'サーバーを起動し、metadata_url の応答を確認してください',
  'its metadata has expired: nobody can sign in with it':
    'メタデータの期限が切れています。誰もサインインできません',
  'configure its current metadata': '現在のメタデータを設定してください',
  'its metadata expires within 30 days': 'メタデータの期限が 30 日以内に切れます',
  'configure newer metadata before that': 'それまでに新しいメタデータを設定してください',
  'a signing certificate has expired; its signatures are accepted as long as it is in the metadata':
    '署名証明書の期限が切れています。メタデータにある間はその署名が受け付けられます',
  'configure metadata without it': 'それを含まないメタデータを設定してください',
  'every signing certificate expires within 30 days': 'すべての署名証明書の期限が 30 日以内に切れます',
  'configure metadata that has the next certificate as well: both are accepted while one is replaced':
    '次の証明書も含むメタデータを設定してください。切り替えの間は両方が受け付けられます',
  'a signing certificate is itself signed with SHA-1': '署名証明書自体が SHA-1 で署名されています',
  'create a new certificate at the provider': 'プロバイダーで新しい証明書を作成してください',
  'an endpoint is plain http: requests can be read on the network':
    '暗号化されていない http のエンドポイントがあります。リクエストがネットワーク上で読まれる可能性があります',
  'it requires signed requests, and requests of this server are not signed':
    '署名付きリクエストが必要ですが、このサーバーのリクエストには署名がありません',
  'set private_key and certificate': 'private_key と certificate を設定してください',
  'the subject is an e-mail address: whoever gets the address later can sign in as that user':
    'サブジェクトがメールアドレスです。後にそのアドレスを得た人が、そのユーザーとしてサインインできます',
  'configure the provider to send a persistent NameID, or use an attribute that never changes':
    '永続的な NameID を送るようプロバイダーを設定するか、変わらない属性を使ってください',
  'assertions need not be signed: only the signature of the response protects them':
    'アサーションへの署名が必須ではありません。保護しているのは応答の署名だけです',
  'set want to `assertion` or `both`': 'want を `assertion` または `both` にしてください',
  'passwords go to {url} unencrypted, and nothing shows that it is the directory':
    'パスワードが暗号化されずに {url} に送られ、それがディレクトリであることも確認されません',
  'write the URL with ldaps://, or set `start_tls: true`':
    'URL を ldaps:// にするか、`start_tls: true` を設定してください',
  'the authority `{name}` ended on {date}': '認証局 `{name}` は {date} に期限が切れました',
  'the authority `{name}` ends on {date}': '認証局 `{name}` は {date} に期限が切れます',
  'add its successor; `ca` may contain several': '後継の証明書を追加してください。`ca` には複数含められます',
  'the directory is searched anonymously, so anybody on the network can list its users':
    'ディレクトリが匿名で検索されるため、ネットワーク上の誰でもユーザーを一覧できます',
  'set `bind_dn` and `bind_password` of an account that may only read':
    '読み取りだけができるアカウントの `bind_dn` と `bind_password` を設定してください',
  "`{name}` looks like the directory's administrator; searching needs no such power":
    '`{name}` はディレクトリの管理者のようです。検索にそこまでの権限は不要です',
  'use an account that may only read users and groups':
    'ユーザーとグループの読み取りだけができるアカウントを使ってください',
  '`{attribute}` may be given to another person, who then signs in as the first':
    '`{attribute}` は別の人に割り当てられることがあり、その人が元の人としてサインインできてしまいます',
  'use `entryUUID`, or `objectGUID` with Active Directory':
    '`entryUUID`（Active Directory では `objectGUID`）を使ってください',
  'all that applications got from sign-ins with it':
    'このプロバイダーでのサインインによってアプリケーションが得たすべて',
  'all that were made from sign-ins with it or from its tokens and assertions':
    'このプロバイダーでのサインイン、またはそのトークンやアサーションから作られたすべて',
  'must be left out when there is a token': 'トークンがある場合は空にしてください',
  'are required: a provider of the kind {kind} gives no ID tokens':
    '必須です。種類が {kind} のプロバイダーは ID トークンを発行しません',
  'is required when there are no claims': 'クレームがない場合は必須です',
  'must be a JSON object': 'JSON オブジェクトでなければなりません',
  'What the identity provider sent is too much.': 'ID プロバイダーから送られた内容が大きすぎます。',
  'Users do not sign in with this provider; use `chancery trust try` for workloads.':
    'このプロバイダーはサインインに使われていません。ワークロードには `chancery trust try` を使ってください。',
  'must be an https URL without query, fragment or user':
    'クエリ、フラグメント、ユーザーのない https の URL でなければなりません',
  'must be an https URL without fragment or user':
    'フラグメントとユーザーのない https の URL でなければなりません',
  'must be https, unless the operator names its host in CHANCERY_OUTBOUND_ALLOW':
    'https でなければなりません（運用者が CHANCERY_OUTBOUND_ALLOW でホストを許可した場合を除く）',
  'is at `{host}`, which is not public: the operator must name it in CHANCERY_OUTBOUND_ALLOW':
    '`{host}` は公開されていません。運用者が CHANCERY_OUTBOUND_ALLOW で許可する必要があります',
  'must be 1 to 64 of `A-Z a-z 0-9 . _ -`': '`A-Z a-z 0-9 . _ -` の 1～64 文字でなければなりません',
  'must not be `.` or `..`': '`.` または `..` にはできません',
  'must be a valid tag key': '有効なタグキーでなければなりません',
  'keys that begin with `aws:` or `chancery:` are reserved':
    '`aws:` または `chancery:` で始まるキーは予約されています',
  'must be a domain name': 'ドメイン名でなければなりません',
  'must have no default: with one, everybody could sign in':
    '既定値は指定できません。あると誰でもサインインできてしまいます',
  'must not contain a parameter that this server sets itself':
    'このサーバーが設定するパラメーターは含められません',
  'use either client_secret or private_key': 'client_secret か private_key のどちらか一方を使ってください',
  'private_key must be a private key as JWK or PEM':
    'private_key は JWK または PEM の秘密鍵でなければなりません',
  'use either jwks or jwks_uri': 'jwks か jwks_uri のどちらか一方を使ってください',
  'sign_in needs a name': 'sign_in には名前が必要です',
  'is required: {form}': '必須です：{form}',
  'is no issuer of `{preset}`: that is {form}': '`{preset}` の発行者ではありません。正しい形：{form}',
  'is a trust domain, whose keys are a SPIFFE bundle': 'トラストドメインです。キーは SPIFFE バンドルです',
  'a SPIFFE trust domain issues tokens for workloads only':
    'SPIFFE トラストドメインが発行するのはワークロードのトークンだけです',
  'is required without a preset': 'プリセットなしでは必須です',
  'goes with a preset': 'プリセットと一緒に使います',
  'is set by the preset `{preset}`': 'プリセット `{preset}` で設定されます',
  'must be `ldaps://host[:port]` or `ldap://host[:port]`':
    '`ldaps://host[:port]` または `ldap://host[:port]` でなければなりません',
  'must be a distinguished name, as `ou=people,dc=acme,dc=example`':
    '`ou=people,dc=acme,dc=example` のような識別名でなければなりません',
  'must be a distinguished name, or `user@domain`': '識別名または `user@domain` でなければなりません',
  'is no attribute': '属性ではありません',
  'is not to be read': '読み取りは許可されていません',
  'must hold `{place}` behind an `=`': '`=` の後に `{place}` が必要です',
  'must hold `{place}`': '`{place}` が必要です',
  'must be one filter in parentheses, as `(uid={username})`':
    '`(uid={username})` のような、括弧で囲んだ 1 つのフィルターでなければなりません',
  'may escape ASCII characters alone, as `\\2a`': 'エスケープできるのは `\\2a` のような ASCII 文字だけです',
  'holds no PEM certificate': 'PEM の証明書がありません',
  'holds a certificate that cannot be read': '読み取れない証明書があります',
  'bind_dn and bind_password must be set together': 'bind_dn と bind_password は両方とも設定してください',
  'start_tls is for `ldap://`; `ldaps://` has TLS already':
    'start_tls は `ldap://` 用です。`ldaps://` はすでに TLS を使います',
  'must be a URI of 1 to 1024 characters': '1～1024 文字の URI でなければなりません',
  'private_key and certificate must be set together': 'private_key と certificate は両方とも設定してください',
  'private_key must be RSA': 'private_key は RSA でなければなりません',
  'certificate does not belong to private_key': 'certificate が private_key のものではありません',
  'private_key and certificate must be PEM': 'private_key と certificate は PEM でなければなりません',
  'sign_out needs private_key and certificate': 'sign_out には private_key と certificate が必要です',
  'exactly one of metadata, metadata_file and metadata_url must be given':
    'metadata、metadata_file、metadata_url のうちちょうど 1 つを指定してください',
  'entity_id must be given with metadata_url, and only with it':
    'entity_id は metadata_url と一緒にだけ指定してください',
  'metadata_certificate needs metadata_url': 'metadata_certificate には metadata_url が必要です',
  'metadata_certificate must be PEM': 'metadata_certificate は PEM でなければなりません',
  'The entry has more than {count} members and items.':
    'エントリのメンバーと項目が {count} 個を超えています。',
  'is not known here': 'ここでは使用できません',
  'is part of its ARN and cannot be changed: create another provider':
    'ARN の一部のため変更できません。別のプロバイダーを作成してください',
  'names the identities of its users and cannot be changed: create another provider':
    'ユーザーの ID に使われるため変更できません。別のプロバイダーを作成してください',
  'is for the configuration file: give `{name}` itself':
    '設定ファイル用です。`{name}` 自体を指定してください',
  'must not have a private key: everybody may read it': '秘密鍵を含めないでください。誰でも読めます',
  'must be given again, because it would be sent to another server':
    '別のサーバーに送られることになるため、再入力してください',
  '`{domain}` is a domain of `{name}`': '`{domain}` は `{name}` のドメインです',
  '`{url}` is the issuer of another identity provider': '`{url}` は別の ID プロバイダーの発行者です',
  '`{name}` is the name of another identity provider': '`{name}` は別の ID プロバイダーの名前です',
  'the issuer `{url}` is not acceptable: its claims could be mistaken for condition keys of AWS; use an issuer with a full host name':
    '発行者 `{url}` は使用できません。クレームが AWS の条件キーと混同されるおそれがあります。完全なホスト名の発行者を使ってください',
  'An account has at most {count} providers of kind {kind}.':
    '1 つのアカウントに作成できる {kind} のプロバイダーは {count} 個までです。',
  'Cannot exceed quota for {quota}: {count}.': 'クォータ {quota} の上限 {count} を超えることはできません。',
  'needs a `map` that names the groups, because there are more than {count}':
    'グループが {count} 個を超えるため、グループを指定する `map` が必要です',
  'It was in the configuration file: change its settings here before you enable it, or add it there again.':
    '設定ファイルにあったものです。有効にする前にここで設定を変更するか、設定ファイルに戻してください。',
  'This identity provider is in the configuration file: change it there, under `identity_providers:`.':
    'この ID プロバイダーは設定ファイルにあります。そこの `identity_providers:` で変更してください。',
  'It was changed meanwhile: read it and repeat the change.':
    'その間に変更されました。ページを再読み込みして、もう一度変更してください。',
  'There is no identity provider `{arn}` any more.': 'ID プロバイダー `{arn}` はもうありません。',
  'There is no such identity provider.': 'その ID プロバイダーはありません。',
  'there is no such identity provider': 'その ID プロバイダーはありません',
  'An error occurred while calling the identity provider.':
    'ID プロバイダーへの接続中にエラーが発生しました。',
  'until {date}': '{date} まで',
  '{certificate} until {date}': '{certificate}（{date} まで）',
  'with a SPIFFE bundle, jwks_uri (the bundle endpoint) or jwks (the bundle) must be given':
    'SPIFFE バンドルでは、jwks_uri（バンドルのエンドポイント）または jwks（バンドル）が必要です',
  'use either ca or ca_file': 'ca か ca_file のどちらか一方を使ってください',
  'ldap{url}: bind as `{name}`: {answer}': 'ldap{url}：`{name}` としてのバインド：{answer}',
  'the entry has {count} values of `{attribute}`; the subject is one':
    'エントリに `{attribute}` の値が {count} 個あります。サブジェクトは 1 つです',
  '`{attribute}` is no subject: it must be a GUID, or text of up to 255 characters':
    '`{attribute}` はサブジェクトにできません。GUID または 255 文字以内のテキストでなければなりません',
  'the person is in more than {count} groups; narrow `groups.filter` or `groups.base_dn`':
    'ユーザーが {count} を超えるグループに属しています。`groups.filter` または `groups.base_dn` を絞り込んでください',
  'People sign in with it since a moment ago: try again.':
    'たった今サインインに使われ始めました。もう一度お試しください。',
  'There is no person `{name}` in this account: name one, or give an ARN.':
    'このアカウントにユーザー `{name}` は存在しません。別の名前または ARN を入力してください。',
  'Column {at} `{name}` is not known (separate columns by commas); columns are {columns}.':
    '列 {at} の `{name}` は不明です（列はコンマで区切ってください）。使える列は {columns} です。',
  'Column {at} `{name}` is not known; columns are {columns}.':
    '列 {at} の `{name}` は不明です。使える列は {columns} です。',
  'Column {at} `{name}` is the same as column {first}.': '列 {at} の `{name}` は列 {first} と同じです。',
  'And {count} more columns.': 'ほかに {count} 列あります。',
  'There is no column `name`; columns are {columns}.': '列 `name` がありません。使える列は {columns} です。',
  '`password` is not imported: give `password_hash`, or leave it out and use --invite.':
    '`password` はインポートされません。`password_hash` を指定するか、省略してユーザーを招待してください。',
  'has {count} fields, and the header has {columns}':
    'フィールドが {count} 個ありますが、ヘッダーは {columns} 個です',
  'is longer than {most} characters: a quote may not be closed':
    '{most} 文字を超えています。引用符が閉じられていない可能性があります',
  'has a quote inside of a field that does not begin with one':
    '引用符で始まらないフィールドの中に引用符があります',
  'has a quote that is not closed': '閉じられていない引用符があります',
  'has text after the closing quote of a field': 'フィールドの閉じ引用符の後に文字があります',
  'is not UTF-8': 'UTF-8 ではありません',
  'must be well-formed Unicode': '正しい Unicode にしてください',
  'must be a hash in an accepted form: {forms}': '次のいずれかの形式のハッシュにしてください：{forms}',
  'is another on line {line}, which has the same name and comes first':
    '同じ名前で先にある {line} 行目と異なります',
  'is on line {line} too': '{line} 行目にもあります',
  'has a {what} of {value}; at most {most} is accepted': '{what} が {value} です。{most} まで使えます',
  'has a {what} of {value}; at least {least} is accepted': '{what} が {value} です。{least} 以上が必要です',
  'the request body came too slowly': 'リクエストの到着が遅すぎました',
  'the request body broke off': 'リクエストが途中で切れました',
  'the request body is larger than {count} bytes': 'リクエストが {count} バイトを超えています',
  'more than {count} parameters': 'パラメーターが {count} 個を超えています',
  'the parameter `{name}` stands twice': 'パラメーター `{name}` が重複しています',
  'a parameter has a broken percent escape': 'パラメーターのエンコードが正しくありません',
  'a parameter is not valid UTF-8': 'パラメーターが正しい UTF-8 ではありません',
  'a parameter holds a NUL character': 'パラメーターに NUL 文字が含まれています',
  'a field of the form stands twice': 'フォームの項目が重複しています',
  'a field holds a NUL character': '項目に NUL 文字が含まれています',
  'more than {count} fields': '項目が {count} 個を超えています',
  'the form cannot be read': 'フォームを読み取れません',
  'this form is too old or came from elsewhere; load the page again':
    'このフォームは古いか、別のページのものです。ページを読み込み直してください',
  'this form came from another site': 'このフォームは別のサイトのものです',
  'too many requests from this address': 'このアドレスからのリクエストが多すぎます',
  'too many requests at the moment': '現在リクエストが多すぎます',
  'this path accepts {methods}': 'このアドレスで使えるのは {methods} です',
  'internal error; the log has details under the request id':
    '内部エラーです。詳細はログの参照番号で確認できます',
  'sign in first': '先にサインインしてください',
  'there is nothing of this kind to propose': 'この種類の候補はありません',
  'the tests of this form cannot be read: open it anew':
    'このフォームのテストを読み取れません。開き直してください',
  'the description must have at most 1000 characters': '説明は 1000 文字以内にしてください',
  'somebody changed the policy or its tests since this form was opened: compare below with what is in force now, then open the editor anew':
    'このフォームを開いた後に、ポリシーまたはテストが変更されました。下で現在の内容と比べてから、エディターを開き直してください',
  'the document is too long': 'ドキュメントが長すぎます',
  'there is no such logo': 'そのロゴはありません',
  'fields are missing': '項目が不足しています',
  '`use` must be one of {values}': '`use` は次のいずれかにしてください：{values}',
  'the policy or its tests were changed since they were read':
    '読み込んだ後に、ポリシーまたはテストが変更されました',
  'the tests cannot be read': 'テストを読み取れません',
  '{failing} of {count} test fails: change the document, or change or remove the test':
    '{count} 件中 {failing} 件のテストが失敗しました。ドキュメントを変更するか、テストを変更または削除してください',
  '{failing} of {count} tests fail: change the document, or change or remove the test':
    '{count} 件中 {failing} 件のテストが失敗しました。ドキュメントを変更するか、テストを変更または削除してください',
  'is not known in {where}; known are {names}': '{where}では使えません。使えるのは {names} です',
  'is not known in {where}': '{where}では使えません',
  'the path': 'パス',
  'the query': 'クエリ',
  'the body': '本文',
  'must be the `cursor` of the previous page of the same list, at most a day old':
    '同じ一覧の前のページの、1 日以内の `cursor` にしてください',
  'there is no account `{name}`': 'アカウント `{name}` はありません',
  'access request': 'アクセスのリクエスト',
  'managed policy': '管理ポリシー',
  'audit entry': '監査エントリ',
  'audit entry of the request': 'リクエストの監査エントリ',
  'saved audit view': '保存済みのビュー',
  'SCIM token': 'SCIM トークン',
  '`{arn}` belongs to the account of the first start, whose administrators operate the server':
    '`{arn}` は、管理者がサーバーを運用する最初のアカウントのものです',
  'this needs `{action}` for everybody: your policies make exceptions, which cannot be looked through for more than {count} people':
    'これには全員に対する `{action}` が必要です。ポリシーに例外があり、{count} 人を超えると確認できません',
  'mail is not configured: leave `invite` out': 'メールが設定されていません。`invite` を省いてください',
  'mail is not configured: leave `mail` out and hand the link over':
    'メールが設定されていません。`mail` を省き、リンクを直接渡してください',
  'is another in a row before, of the same name': '同じ名前の前の行と異なります',
  'the name `{name}` is taken by a person with another {what}':
    '名前 `{name}` は {what} の異なるユーザーが使用しています',
  'must be left out when there is a password': 'パスワードがある場合は省いてください',
  'must not contain `/`': '`/` は使えません',
  '`{person}` has no session `{session}`; `{command}` lists them':
    '`{person}` にセッション `{session}` はありません。`{command}` で一覧を確認できます',
  '`{person}` has no factor `{factor}`; `{command}` lists them':
    '`{person}` に認証要素 `{factor}` はありません。`{command}` で一覧を確認できます',
  '`{person}` trusts no browser `{browser}`; `{command}` lists them':
    '`{person}` が信頼するブラウザー `{browser}` はありません。`{command}` で一覧を確認できます',
  'must have at most {count} bytes': '{count} バイト以内にしてください',
  'there is no person `{name}` in account {account}; `{command}` lists what there is':
    'アカウント {account} にユーザー `{name}` はありません。`{command}` で一覧を確認できます',
  'there is no group `{name}` in account {account}; `{command}` lists what there is':
    'アカウント {account} にグループ `{name}` はありません。`{command}` で一覧を確認できます',
  'there is no client `{name}` in account {account}; `{command}` lists what there is':
    'アカウント {account} にクライアント `{name}` はありません。`{command}` で一覧を確認できます',
  'there is no account `{name}`; `{command}` lists what there is':
    'アカウント `{name}` はありません。`{command}` で一覧を確認できます',
  'there is no {kind} `{name}` in account {account}; entries older than the retention are gone':
    'アカウント {account} に{kind} `{name}` はありません。保存期間を過ぎたエントリは削除されています',
  'there is no {kind} `{name}` in account {account}; entries older than the retention are gone; `{command}` lists what there is':
    'アカウント {account} に{kind} `{name}` はありません。保存期間を過ぎたエントリは削除されています。`{command}` で一覧を確認できます',
  'there is no {kind} `{name}` in account {account}; `{command}` lists what there is':
    'アカウント {account} に{kind} `{name}` はありません。`{command}` で一覧を確認できます',
  'there is no {kind} `{name}` in account {account}': 'アカウント {account} に{kind} `{name}` はありません',
  'there is no {kind} `{name}`; `{command}` lists what there is':
    '{kind} `{name}` はありません。`{command}` で一覧を確認できます',
  'Policy {arn} version {version} does not exist or is not attachable.':
    'ポリシー {arn} のバージョン {version} は存在しないか、アタッチできません。',
  'Instance Profile {name} cannot be found.': 'インスタンスプロファイル {name} が見つかりません。',
  'The Password Policy with domain name {account} cannot be found.':
    'アカウント {account} のパスワードの規則が見つかりません。',
  'The account policy with name PasswordPolicy cannot be found.':
    'このアカウントにはパスワードの規則がありません。',
  'The user policy with name {name} cannot be found.':
    'ユーザーのインラインポリシー {name} が見つかりません。',
  'The group policy with name {name} cannot be found.':
    'グループのインラインポリシー {name} が見つかりません。',
  'The role policy with name {name} cannot be found.': 'ロールのインラインポリシー {name} が見つかりません。',
  'Scope ARN: {arn} does not exist or is not attachable.':
    'ポリシー {arn} は存在しないか、アクセス許可の境界にできません。',
  'Login Profile for User {name} cannot be found.': '{name} にパスワードはありません。',
  'MFA Device with serial number {serial} does not exist.': '認証デバイス {serial} は存在しません。',
  'MFA Device invalid for user. Serial number: {serial}':
    'この認証デバイスはユーザーのものではありません：{serial}',
  'OpenIDConnect Provider not found for arn {arn}': 'OpenID Connect プロバイダー {arn} が見つかりません',
  'OpenId connect Provider {arn} cannot be found.': 'OpenID Connect プロバイダー {arn} が見つかりません。',
  'Manifest not found for arn {arn}': 'SAML プロバイダー {arn} が見つかりません',
  'The account alias {alias} cannot be found.': 'アカウントエイリアス {alias} が見つかりません。',
  'The Public Key with id {id} cannot be found.': 'SSH キー {id} が見つかりません。',
  'The Certificate with id {id} cannot be found.': '証明書 {id} が見つかりません。',
  'No such credential {id} exists': 'サービス認証情報 {id} が見つかりません',
  'No such service {service} is supported for Service Specific Credentials. The services are: {services}.':
    'サービス {service} の認証情報は作成できません。対象のサービス：{services}。',
  'User with name {name} already exists.': '{name} という名前のユーザーはすでに存在します。',
  'Group with name {name} already exists.': '{name} という名前のグループはすでに存在します。',
  'Instance Profile {name} already exists.': 'インスタンスプロファイル {name} はすでに存在します。',
  'Login Profile for user {name} already exists.': '{name} にはすでにパスワードがあります。',
  'MFA device already exists.': '認証デバイスはすでに存在します。',
  'MFA Device for user {user} already exists.': 'この認証デバイスはすでに {user} に登録されています。',
  'MFA Device is already in use.': '認証デバイスはすでに使用されています。',
  'Provider with url {url} already exists.': 'URL {url} のプロバイダーはすでに存在します。',
  'Provider with name {name} already exists.': '{name} という名前のプロバイダーはすでに存在します。',
  'The account alias {alias} already exists.': 'アカウントエイリアス {alias} はすでに存在します。',
  'Cannot delete entity, must delete access keys first.':
    '削除できません。先にアクセスキーを削除してください。',
  'Cannot delete entity, must remove tokens from principal first.':
    '削除できません。先に認証デバイスを削除してください。',
  'Cannot delete entity, must delete SSH public keys first.':
    '削除できません。先に SSH キーを削除してください。',
  'Cannot delete entity, must delete certificates first.':
    '削除できません。先に署名証明書を削除してください。',
  'Cannot delete entity, must remove referenced objects first. These are service-specific credentials.':
    '削除できません。先にサービス認証情報を削除してください。',
  'Cannot delete entity, must delete login profile first.':
    '削除できません。先にパスワードを削除してください。',
  'Cannot delete entity, must remove users from group first.':
    '削除できません。先にグループのメンバーを削除してください。',
  'Cannot delete the default version of a policy.': 'ポリシーの有効なバージョンは削除できません。',
  'MFA VirtualDevice in use. Must deactivate first.': '認証デバイスは使用中です。先に無効化してください。',
  'The specified value for {name} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-':
    '{name} の値が正しくありません。使えるのは英数字と +=,.@_- だけです',
  'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.':
    'パスが正しくありません。/ で始まり / で終わる英数字と / だけを使ってください。',
  'The specified value for accountAlias is invalid. It must not be 12 digits, as the ID of an account is.':
    'アカウントエイリアスが正しくありません。アカウント ID のような 12 桁の数字にはできません。',
  'Maximum policy size of {count} bytes exceeded for {kind} {name}':
    '{kind} {name} のポリシーが合計 {count} バイトを超えています',
  'The number of tags has reached the maximum limit. Cannot exceed quota for {quota}: {count}':
    'タグの数が上限に達しています。クォータ {quota}：{count}',
  'Tag keys beginning with aws: are reserved for system use.':
    'aws: で始まるタグのキーはシステム用に予約されています。',
  'Duplicate tag keys found. Please note that Tag keys are case insensitive.':
    'タグのキーが重複しています。タグのキーでは大文字と小文字は区別されません。',
  'you have asked for access many times within the last hour: try again later':
    'この 1 時間に何度もアクセスをリクエストしています。後でもう一度お試しください',
  'you have {count} open requests: wait for a decision, or withdraw one':
    '未決のリクエストが {count} 件あります。判断を待つか、1 件取り下げてください',
  'only a person asks for access': 'アクセスをリクエストできるのはユーザーだけです',
  'the request is {state}: it was decided or withdrawn meanwhile':
    'リクエストはすでに {state} です。この間に判断または取り下げが行われました',
  'there is no such role that can be asked for': 'そのロールは存在しないか、リクエストできません',
  'a guardrail has at most {count} characters': 'ガードレールは {count} 文字以内です',
  'an account has at most {count} guardrails': 'ガードレールは 1 アカウントに {count} 個までです',
  'the account has no guardrail `{name}`': 'アカウントにガードレール `{name}` はありません',
  'the last guardrail stays: put one that allows everything in its place':
    '最後のガードレールは削除できません。すべてを許可するものに置き換えてください',
  'the first account manages the others: it is neither closed nor limited':
    '最初のアカウントは他を管理するため、閉鎖も制限もできません',
  'Outbound identity federation is disabled for account {account}':
    'アカウント {account} では外部サービス向けの ID トークンが有効になっていません',
  'Outbound web identity federation is already enabled for this account':
    'このアカウントでは外部サービス向けの ID トークンがすでに有効です',
  'an account has at most {count} saved views': '保存できるビューは 1 アカウントに {count} 件までです',
  'The security token included in the request is invalid.': 'リクエストの認証情報が無効です。',
  'Request is missing Authentication Token': 'リクエストに認証情報がありません',
  'the account is closed': 'アカウントは閉鎖されています',
  "the {kind}'s principal was deleted": '{kind} の主体は削除されました',
  'the principal is of another account': '主体が別のアカウントのものです',
  'the user was deleted or disabled': 'ユーザーは削除または無効化されています',
  'the session was revoked by {scope} `{value}`': 'セッションは失効しています：{scope} `{value}`',
  'User: {who} is not authorized to perform: {action} on resource: {resource} because the session was made without MFA':
    '{who} には {resource} に対する {action} の権限がありません。セッションが 2 つ目の認証要素なしで作成されています',
  'User: {who} is not authorized to perform: {action} on resource: {resource} because federated users cannot call IAM, STS or the admin API':
    '{who} には {resource} に対する {action} の権限がありません。フェデレーションユーザーは IAM、STS、管理 API を呼び出せません',
  "Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS":
    '保護されたロール「{name}」は変更できません',
  'Must specify userName when calling with non-User credentials':
    'ユーザー以外の認証情報では userName を指定してください',
  'The user with name {name} does not have a permissions boundary.':
    '{name} にアクセス許可の境界はありません。',
  'The role with name {name} does not have a permissions boundary.':
    '{name} にアクセス許可の境界はありません。',
  'Authentication code for device is not valid.': '認証デバイスのコードが正しくありません。',
  'To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.':
    'この操作には、有効なご自身の認証デバイスでの認証が必要です。',
  'ARN {arn} is not valid.': 'ARN {arn} が正しくありません。',
  'ARN {arn} cannot be found.': 'ARN {arn} が見つかりません。',
  'the {kind} was deleted': '{kind} は削除されました',
  'you can have {count} passkeys; remove one first':
    'パスキーは {count} 個までです。先に 1 つ削除してください',
  'this passkey is in use already': 'このパスキーはすでに使用されています',
  'another factor was added meanwhile': 'この間に別の認証要素が追加されました',
  'not bound to one device': '1 台のデバイスに固定されていません',
  'unknown passkey': '不明なパスキー',
  'gone, disabled, or passkeys are refused': '削除または無効化されたか、パスキーが許可されていません',
  'passkey of another user': '別のユーザーのパスキー',
  'other user handle': '別のユーザー用のパスキー',
  'the passkey was copied': 'パスキーが複製されています',
  'the counter went back: the passkey was copied': 'カウンターが戻りました。パスキーが複製されています',
  'you have no such passkey': 'そのパスキーはありません',
  'you have no such authenticator app': 'その認証アプリはありません',
  'you have no such access key': 'そのアクセスキーはありません',
  'passkeys are not allowed here': 'ここではパスキーは許可されていません',
  'the token of the browser is not its current one: it may have been copied, so the browser is no longer trusted':
    'ブラウザーのトークンが最新ではありません。複製された可能性があるため、ブラウザーの信頼を解除しました',
  'Password should not be made of the name of its user': 'パスワードにユーザー名を使うことはできません',
  'Password should not be the one you were given': '渡されたパスワードとは別のものにしてください',
  'Only IAM Users can change their own password': '自分のパスワードを変更できるのはユーザーだけです',
  'The old password was incorrect.': '以前のパスワードが正しくありません。',
  'The new password must not be the old one.': '新しいパスワードは以前と別のものにしてください。',
  'The password has expired; an administrator must set a new one.':
    'パスワードの有効期限が切れています。管理者が新しいパスワードを設定する必要があります。',
  'the password was changed meanwhile; try again':
    'この間にパスワードが変更されました。もう一度お試しください',
  'the password was changed meanwhile': 'この間にパスワードが変更されました',
  'the password was changed already; sign in with the new one':
    'パスワードはすでに変更されています。新しいパスワードでサインインしてください',
  'new recovery codes were just made; try again':
    '新しい回復用コードが作成されたばかりです。もう一度お試しください',
  'too many attempts; wait a moment and try again':
    '試行回数が多すぎます。しばらく待ってからもう一度お試しください',
  'too many attempts': '試行回数が多すぎます',
  'all that were made from sign-ins by the password; access keys go on':
    'パスワードでのサインインから作成されたすべて。アクセスキーは有効なままです',
  'the request has no credentials': 'リクエストに認証情報がありません',
  'the external id `{id}` is taken': '外部 ID `{id}` はすでに使用されています',
  'the bearer token is not valid': 'ベアラートークンが無効です',
  'identity_providers: the name `{name}` belongs to another provider already; choose another':
    'identity_providers：名前 `{name}` は別のプロバイダーのものです。別の名前にしてください',
  'is changed by disabling and enabling the provider': 'プロバイダーの無効化と有効化で変更します',
  'a client id must have 1 to 255 characters': 'クライアント ID は 1～255 文字にしてください',
  'Thumbprint list must contain at least one entry.':
    'フィンガープリントのリストには少なくとも 1 つの項目が必要です。',
  'Unknown: the URL of a provider has no query and no fragment':
    'プロバイダーの URL にはクエリもフラグメントも使えません',
  'Thumbprint list must contain fewer than 5 entries.': 'サムプリントの一覧は 5 件未満にしてください。',
  'Thumbprint must be 40 hexadecimal characters': 'サムプリントは 16 進数 40 文字にしてください',
  'MaxSessionDuration must be between 3600 and 43200 seconds':
    '最大セッション時間は 3600～43200 秒にしてください',
  'the user is disabled': 'ユーザーは無効化されています',
  'the user is gone': 'ユーザーは存在しません',
  'you cannot sign in here': 'ここではサインインできません',
  'a user with this address is here already': 'このアドレスのユーザーはすでに存在します',
  'the provider may not create users': 'プロバイダーはユーザーを作成できません',
  'not joined: {why}': '連携されていません：{why}',
  'no name is left for a new user': '新しいユーザーに使える名前がありません',
  'the identity is another user’s': 'この ID は別のユーザーのものです',
  'this identity belongs to another user here': 'この ID は別のユーザーのものです',
  'this identity cannot be joined to a user here': 'この ID はここではユーザーと連携できません',
  'a user has at most {count} identities; disconnect one before you connect another':
    '連携できる ID は {count} 個までです。別の ID を連携する前に 1 つ解除してください',
  'this is your only way to sign in; add another one first':
    'これが唯一のサインイン方法です。先に別の方法を追加してください',
  'this link cannot be used any more': 'このリンクはもう使えません',
  'the directory knows no such name and password': 'ディレクトリにその名前とパスワードはありません',
  'enter an e-mail address of at most 64 letters, digits and `{signs}`':
    '英数字と `{signs}` で 64 文字以内のメールアドレスを入力してください',
  'people with this address sign in with {provider}; no account is needed':
    'このアドレスの方は {provider} でサインインします。アカウントは不要です',
  'accounts with an address of this domain are created by an administrator':
    'このドメインのアドレスのアカウントは管理者が作成します',
  'too many access keys are being created at once; try again':
    '同時に作成されるアクセスキーが多すぎます。もう一度お試しください',
  'the user name or password is not valid for this service':
    'ユーザー名またはパスワードがこのサービスでは無効です',
  'no such credential, or another password': 'その認証情報がないか、パスワードが異なります',
  'the credential is for another service': '認証情報が別のサービス用です',
  'the credential is inactive': '認証情報が無効化されています',
  'the credential has expired': '認証情報の有効期限が切れています',
  'Operation does not support status {status}: it must be Active or Inactive':
    'ステータスは Active または Inactive にしてください({status} は使えません)',
  'Duplicate certificate uploaded.': '同じ証明書がアカウントのユーザーに関連付けられています。',
  'Duplicate SSH public key uploaded.': 'この SSH キーはすでにこのユーザーに関連付けられています。',
  'this response does not belong to a sign-in that was started here; return to the application and start again':
    'この応答はここで開始されたサインインのものではありません。アプリに戻ってやり直してください',
  'this response does not belong to this sign-in': 'この応答はこのサインインのものではありません',
  'this response was already used': 'この応答はすでに使用されています',
  'this sign-out request was already used': 'このサインアウト要求はすでに使用されています',
  'you are not allowed to sign in this way': 'この方法でのサインインは許可されていません',
  'this step comes after the password': 'この手順はパスワードの後です',
  'that application has no access to withdraw': 'そのアプリには取り消すアクセスがありません',
  'that identity is no longer connected': 'その ID はもう連携されていません',
  'that session has already ended': 'そのセッションはすでに終了しています',
  'Syntax errors in policy. {fault}': 'ポリシーに構文エラーがあります。{fault}',
  'Policy document must be version 2012-10-17 or greater. {fault}':
    'ポリシーのバージョンは 2012-10-17 にしてください。{fault}',
  'Policy document should not specify a principal. {fault}':
    'このポリシーではプリンシパルを指定できません。{fault}',
  'The policy failed legacy parsing {fault}': 'ポリシーの形式が正しくありません。{fault}',
  'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]* {fault}':
    'Sid に使えるのは英数字だけです。{fault}',
  'Statement IDs (SID) in a single policy must be unique. {fault}':
    'Sid は 1 つのポリシーの中で重複できません。{fault}',
  'The Statement Ids in the policy are not unique {fault}':
    'Sid は 1 つのポリシーの中で重複できません。{fault}',
  'Policy statement must contain actions. {fault}': '各ステートメントにはアクションが必要です。{fault}',
  'Policy statement must contain resources. {fault}': '各ステートメントにはリソースが必要です。{fault}',
  'Resource  must be in ARN format or "*". {fault}': 'リソースは ARN または "*" にしてください。{fault}',
  'Resource vendor must be fully qualified and cannot contain regexes. {fault}':
    'リソースの ARN のサービスにワイルドカードは使えません。{fault}',
  'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc. {fault}':
    'アクションの前に iam などのサービスを指定してください。{fault}',
  'Actions/Condition can contain only one colon. {fault}': 'アクションに使えるコロンは 1 つだけです。{fault}',
  'Vendor {service} is not valid {fault}': 'サービス {service} は正しくありません。{fault}',
  'This policy contains invalid Json {fault}': 'ポリシーが正しい JSON ではありません。{fault}',
  'The policy must contain a valid version string {fault}': 'ポリシーには正しいバージョンが必要です。{fault}',
  'Could not parse the policy: Statement is empty! {fault}': 'ポリシーにステートメントがありません。{fault}',
  'Missing required field {field} {fault}': '{field} がありません。{fault}',
  'Missing required field Principal cannot be empty! {fault}': 'Principal は空にできません。{fault}',
  'Invalid effect: {effect} {fault}': 'Effect が正しくありません：{effect}。{fault}',
  'Allow with NotPrincipal is not allowed. {fault}': 'NotPrincipal と Allow は併用できません。{fault}',
  'AssumeRole policy must not contain NotPrincipal field. {fault}':
    '信頼ポリシーに NotPrincipal は使えません。{fault}',
  'Has prohibited field Resource {fault}': '信頼ポリシーに Resource は使えません。{fault}',
  'AssumeRole policy must not contain resources. {fault}': '信頼ポリシーにリソースは使えません。{fault}',
  'AssumeRole policy may only specify STS AssumeRole actions. {fault}':
    '信頼ポリシーで指定できるのは STS の AssumeRole アクションだけです。{fault}',
  'column {at} `{name}` is the same as column {other}': '列 {at} `{name}` は列 {other} と同じです',
  'is longer than {count} characters: a quote may not be closed':
    '{count} 文字を超えています。引用符が閉じられていない可能性があります',
  'client authentication failed': 'クライアントの認証に失敗しました',
  'client is invalid': 'クライアントが無効です',
  'client not found': 'クライアントが見つかりません',
  'client mismatch': 'クライアントが一致しません',
  "redirect_uri did not match any of the client's registered redirect_uris":
    'redirect_uri がクライアントに登録されたものと一致しません',
  'redirect_uri `{uri}` is not registered for the client `{client}`':
    'redirect_uri `{uri}` はクライアント `{client}` に登録されていません',
  'redirect_uri `{uri}` is not that of the authorization request':
    'redirect_uri `{uri}` が認可リクエストのものと異なります',
  'authorization code redirect_uri mismatch': 'redirect_uri が認可リクエストのものと異なります',
  'grant request is invalid': 'トークンのリクエストが無効です',
  'request is invalid': 'リクエストが無効です',
  'authorization code not found': '認可コードが見つかりません',
  'authorization code is expired': '認可コードの有効期限が切れています',
  'authorization code already consumed': '認可コードはすでに使用されています',
  'refresh token not found': 'リフレッシュトークンが見つかりません',
  'refresh token is expired': 'リフレッシュトークンの有効期限が切れています',
  'refresh token already used': 'リフレッシュトークンはすでに使用されています',
  'refresh token was already used': 'リフレッシュトークンはすでに使用されています',
  'the refresh token has expired': 'リフレッシュトークンの有効期限が切れています',
  'the code is not valid: it is unknown, was used before, has expired, or was issued to another client':
    'コードが有効ではありません。不明なコードか、使用済み、期限切れ、または別のクライアントに発行されたものです',
  'the refresh token is not valid: it is unknown, was used before, was revoked, has expired, or was issued to another client':
    'リフレッシュトークンが有効ではありません。不明なトークンか、使用済み、取り消し済み、期限切れ、または別のクライアントに発行されたものです',
  'the device code is not valid: it is unknown, was used before, or was issued to another client':
    'デバイスコードが有効ではありません。不明なコードか、使用済み、または別のクライアントに発行されたものです',
  'the code has expired': 'コードの有効期限が切れています',
  'grant not found': '許可が見つかりません',
  'grant is expired': '許可の有効期限が切れています',
  'grant was already redeemed': 'すでに使用されています',
  'grant is being redeemed by another request': '別のリクエストで使用中です',
  'this code was used by another request': 'このコードは別のリクエストで使用されました',
  'requested scope is not allowed': '要求されたスコープは許可されていません',
  'requested grant type is not allowed for this client': 'このクライアントはそのグラントタイプを使えません',
  'requested response_type is not allowed for this client':
    'このクライアントはその response_type を使えません',
  'no client authentication mechanism provided': 'クライアントの認証がありません',
  'there is no client `{id}`, or it did not authenticate':
    'クライアント `{id}` が存在しないか、認証されていません',
  'there is no client `{id}`': 'クライアント `{id}` は存在しません',
  'the client `{id}` may not use the grant `{grant}`':
    'クライアント `{id}` はグラント `{grant}` を使えません',
  'the client may not ask for a resource `{resource}`':
    'クライアントはリソース `{resource}` を要求できません',
  '`{resource}` is not a resource this client may request':
    'このクライアントはリソース `{resource}` を要求できません',
  'none of the requested scopes can be granted': '要求されたスコープはどれも許可できません',
  'the user may not use this client': 'ユーザーはこのアプリを使えません',
  'this client may not assume the requested role': 'このアプリはそのロールを引き受けられません',
  'the user denied the request': 'ユーザーがリクエストを拒否しました',
  'End-User aborted interaction': 'ユーザーが中止しました',
  'missing required parameter `{name}`': 'パラメーター `{name}` がありません',
  'missing required parameter {name}': 'パラメーター {name} がありません',
  '`code_verifier` is missing: the code was requested with PKCE':
    '`code_verifier` がありません。コードは PKCE で要求されています',
  '`code_verifier` does not match the `code_challenge`': '`code_verifier` が `code_challenge` と一致しません',
  'grant_type `{grant}` is not supported': 'grant_type `{grant}` は使えません',
  'this sign-in has ended or began in another browser; start again':
    'このサインインは終了したか、別のブラウザーで開始されました。やり直してください',
  'another request has continued this sign-in; try again':
    '別のリクエストがこのサインインを続けました。もう一度お試しください',
  'too many wrong codes from this address; wait a while':
    'このアドレスからの誤ったコードが多すぎます。しばらくお待ちください',
  'the application was removed': 'アプリは削除されました',
  'the store is not reachable; try again': 'ストアに接続できません。もう一度お試しください',
  'will be tried again: {why}': '再試行されます：{why}',
  'given up: {why}': '中止しました：{why}',
  'Not authorized to perform {action}': '{action} の権限がありません',
  'User: {who} is not authorized to perform: {action} on resource: {resource} with an explicit deny':
    '{who} には {resource} に対する {action} の権限がありません（明示的な拒否）',
  'User: {who} is not authorized to perform: {action} on resource: {resource}':
    '{who} には {resource} に対する {action} の権限がありません',
  'No OpenIDConnect provider found in your account for {issuer}':
    'アカウントに {issuer} の OpenID Connect プロバイダーはありません',
  "Specified provider doesn't exist": 'そのプロバイダーは存在しません',
  '{provider} is disabled': '{provider} は無効化されています',
  'LDAPUsername and LDAPPassword are not correct': 'ディレクトリの名前またはパスワードが正しくありません',
  'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.':
    '要求された期間がこのロールの最大セッション時間を超えています。',
  'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining':
    '要求された期間が、連鎖したロールの上限の 1 時間を超えています',
  'The requested DurationSeconds exceeds the remaining lifetime of the calling session.':
    '要求された期間が、呼び出し元のセッションの残り時間を超えています。',
  'MultiFactorAuthentication failed with invalid MFA one time pass code.':
    '2 つ目の認証要素のコードが正しくありません。',
  'Packed policy consumes {count}% of allotted space, please use smaller policy.':
    'ポリシーが使用可能な容量の {count}% を使っています。小さくしてください。',
  'a request for credentials was refused': '認証情報のリクエストが拒否されました',
  'an OAuth request was refused': 'OAuth のリクエストが拒否されました',
  'no such access key': 'そのアクセスキーは存在しません',
  'the access key is inactive': 'アクセスキーが無効化されています',
  'The access key {id} is not of this server.': 'アクセスキー {id} はこのサーバーのものではありません。',
  'a session key was sent without its token': 'セッションのキーがトークンなしで送信されました',
  'a long-term key was sent with a session token': '長期キーがセッショントークンと一緒に送信されました',
  'the token is of another access key id': 'トークンが別のアクセスキー ID のものです',
  'there is no such role': 'そのロールはありません',
  'the role of the session was deleted': 'セッションのロールが削除されました',
  'The role of the calling session does not exist.': '呼び出し元のセッションのロールは存在しません。',
  'the identity provider {provider} of the session was deleted or is disabled':
    'セッションの ID プロバイダー {provider} が削除または無効化されています',
  'the subject token is unknown, expired or revoked':
    '提示されたトークンは不明か、期限切れか、失効しています',
  'the subject token is not acceptable': '提示されたトークンは受け付けられません',
  'the subject token is not for `{client}`': '提示されたトークンは `{client}` 用ではありません',
  'the subject token was issued to {client} and is not meant for {other}':
    '提示されたトークンは {client} に発行されたもので、{other} 用ではありません',
  'the user has not consented that this client assumes roles for them: the scope `roles` is missing':
    'このアプリが代わりにロールを引き受けることに、ユーザーが同意していません。スコープ `roles` がありません',
  'this DPoP proof was already used; make a new one':
    'この DPoP 証明はすでに使用されています。新しく作成してください',
  'the token is not of the workload that acts for this client':
    'トークンがこのアプリの代わりに動作するワークロードのものではありません',
  'the request was signed for host `{host}`, received as `{received}`, and the issuer of this server is at `{issuer}`: set CHANCERY_ISSUER to the URL that clients use, or let the proxy keep the Host header':
    'リクエストはホスト `{host}` に署名され、`{received}` として受信されましたが、このサーバーの発行者は `{issuer}` です。CHANCERY_ISSUER をクライアントが使う URL に設定するか、プロキシで Host ヘッダーを維持してください',
  'the identity provider did not sign you in': 'ID プロバイダーでサインインできませんでした',
  'the identity provider’s response could not be verified': 'ID プロバイダーの応答を検証できませんでした',
  'the identity provider’s response has expired': 'ID プロバイダーの応答の有効期限が切れています',
  'the identity provider did not send a permanent identifier for you':
    'ID プロバイダーから永続的な識別子が送信されませんでした',
  'the provider was changed in the meantime': 'この間にプロバイダーが変更されました',
  'no code in the answer': '応答にコードがありません',
  'the token endpoint refused the code: {why}': 'トークンエンドポイントがコードを拒否しました：{why}',
  'the token endpoint refused us: {why}': 'トークンエンドポイントがこのサーバーを拒否しました：{why}',
  'the token endpoint returned no ID token': 'トークンエンドポイントが ID トークンを返しませんでした',
  'the ID token belongs to another sign-in: `nonce` differs':
    'ID トークンが別のサインインのものです。`nonce` が異なります',
  'the ID token is for another client': 'ID トークンが別のクライアント用です',
  'the ID token is of another issuer': 'ID トークンの発行者が異なります',
  'the ID token was issued to another client: `azp`':
    'ID トークンが別のクライアントに発行されています（`azp`）',
  'the user did not authenticate again: `auth_time` is too old':
    'ユーザーが再認証していません。`auth_time` が古すぎます',
  "userinfo's `{claim}` is no subject": 'userinfo の `{claim}` はサブジェクトに使えません',
  'the SAML response is not acceptable': 'SAML 応答を受け付けられません',
  'the SAML response has expired': 'SAML 応答の有効期限が切れています',
  'the metadata of the provider has expired': 'プロバイダーのメタデータの有効期限が切れています',
  'the Assertion is for another audience': 'アサーションのオーディエンスが異なります',
  'the Assertion has no audience': 'アサーションにオーディエンスがありません',
  'the Assertion is not valid yet': 'アサーションはまだ有効ではありません',
  'the Assertion was issued in the future': 'アサーションの発行日時が未来です',
  'the Assertion is not signed': 'アサーションが署名されていません',
  'the Response is not signed': 'Response が署名されていません',
  'nothing is signed': '署名がありません',
  'the assertion must be encrypted': 'アサーションを暗号化する必要があります',
  'the signature does not verify with any certificate of the provider':
    '署名がプロバイダーのどの証明書とも一致しません',
  'Issuer is not the entity id of the provider': 'Issuer がプロバイダーのエンティティ ID ではありません',
  'Recipient is not the address of this server': 'Recipient がこのサーバーのアドレスではありません',
  'Destination is not the address of this server': 'Destination がこのサーバーのアドレスではありません',
  'NameID must be of the format {format}': 'NameID は形式 {format} にする必要があります',
  'the attribute `{name}` must have one value': '属性 `{name}` の値は 1 つにしてください',
  'the encrypted assertion cannot be decrypted': '暗号化されたアサーションを復号できません',
  'the directory refused this user': 'ディレクトリがこのユーザーを拒否しました',
  'the name matches more than one entry: {names}': '名前が複数のエントリと一致します：{names}',
  'the account has expired': 'アカウントの有効期限が切れています',
  'the account is disabled': 'アカウントが無効化されています',
  'the account is locked': 'アカウントがロックされています',
  'the password has expired': 'パスワードの有効期限が切れています',
  'the password must be changed': 'パスワードの変更が必要です',
  'your password has expired; change it at your organization, then sign in again':
    'パスワードの有効期限が切れています。組織で変更してから、もう一度サインインしてください',
  'your password must be changed; change it at your organization, then sign in again':
    'パスワードの変更が必要です。組織で変更してから、もう一度サインインしてください',
  'not allowed to sign in at this time': 'この時間帯のサインインは許可されていません',
  'not allowed to sign in from here': 'この場所からのサインインは許可されていません',
  '{Conditions}, or {others}': '{Conditions}、または{others}',
  'policy document has 1 fault: {faults}': 'ドキュメントに誤りが 1 件あります：{faults}',
  'policy document has {count} faults: {faults}': 'ドキュメントに誤りが {count} 件あります：{faults}',
  'line {line}, column {column}: {fault}': '{line} 行 {column} 桁：{fault}',
  'must be typed again, because it was typed for other servers or too long ago':
    '別のサーバー向けに入力されたか、入力から時間が経ちすぎたため、再入力が必要です',
  'must have a trust domain after `spiffe://`: small letters, digits and `. _ -`':
    '`spiffe://` の後に、英小文字、数字、`. _ -` からなるトラストドメインが必要です',
  'Name a person.': 'ユーザーを指定してください。',
  'Name a group.': 'グループを指定してください。',
  'Name a role.': 'ロールを指定してください。',
  'is taken': 'すでに使われています',
  'Invalid Marker.': '一覧のこのページはもうありません。',
  'no {kind} is named': '名前が指定されていません：{kind}',
  '1 validation error detected: {fault}': '無効な値が 1 件あります：{fault}',
  "Value at '{name}' failed to satisfy constraint: {what}": '{name}：{what}',
  'Member must not be null': '必須です',
  'Member must have length greater than or equal to {count}': '{count} 文字以上で入力してください',
  'Member must have length less than or equal to {count}': '{count} 文字以下で入力してください',
  'Member must have value greater than or equal to {count}': '{count} 以上の値にしてください',
  'Member must have value less than or equal to {count}': '{count} 以下の値にしてください',
  'Member must be between {least} and {most}': '{least} から {most} の間の値にしてください',
  'Member must satisfy enum value set: {values}': '次のいずれかの値にしてください：{values}',
  'Member must satisfy regular expression pattern: {pattern}':
    '次のパターンに一致する必要があります：{pattern}',
  'signature is not strict base64url': '署名が厳密な base64url ではありません',
  'header is not strict base64url': 'ヘッダーが厳密な base64url ではありません',
  'header is not UTF-8': 'ヘッダーが UTF-8 ではありません',
  'header is not a JSON object without duplicate keys':
    'ヘッダーが重複キーのない JSON オブジェクトではありません',
  'payload is not strict base64url': 'ペイロードが厳密な base64url ではありません',
  'payload is not UTF-8': 'ペイロードが UTF-8 ではありません',
  'payload is not a JSON object without duplicate keys':
    'ペイロードが重複キーのない JSON オブジェクトではありません',
  'not three parts': '3 つの部分からなっていません',
  'longer than this server accepts': 'このサーバーが受け付ける長さを超えています',
  'alg is not one this server takes': 'このサーバーが受け付けないアルゴリズム (alg) です',
  'kid is unsafe': 'キー ID (kid) が安全ではありません',
} as const
