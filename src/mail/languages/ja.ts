// The texts of messages in Japanese; form and facts: texts.ts.
import type { MailLanguage } from '../texts.ts'

const where = '日時: {at}。アドレス: {address}。ブラウザー: {browser}。'
const notYou =
  'お心当たりがない場合は、{accountUrl} でパスワードを変更し、覚えのないセッションを終了して、管理者に連絡してください。'
const byAdministrator = 'お心当たりがない場合は、管理者にお問い合わせください。'
const ignore = 'お心当たりがない場合は、このメールを無視してください。何も変更されていません。'

export const japanese: MailLanguage = {
  words: {
    totp: '認証アプリ',
    device: 'MFA デバイス',
    passkey: 'パスキー',
    allFactors: 'すべて、管理者による',
    none: 'なし',
    unknownBrowser: '不明なブラウザー',
  },
  texts: {
    test: {
      subject: '{organization} からのテストメール',
      body: ['{host} のメール送信は正常に動作しています。このメールは管理者がテストとして送信しました。'],
    },
    invitation: {
      subject: '{organization} のアカウントのご案内',
      body: [
        '{organization} にアカウントが作成されました。ユーザー名は {user} です。',
        'パスワードを設定してご利用ください。リンクは {until} まで、1 回だけ使用できます。',
      ],
      button: 'パスワードを設定',
      after: ['{organization} にお心当たりがない場合は、このメールを無視してください。'],
    },
    'password-link': {
      subject: '{organization} の新しいパスワードの設定',
      body: [
        '{organization} のアカウント {user} の新しいパスワードを設定するためのリンクを、管理者がお送りしています。',
        'リンクは {until} まで、1 回だけ使用できます。2 つ目の認証方法は変わりません。',
      ],
      button: '新しいパスワードを設定',
      after: [byAdministrator],
    },
    'reset-password': {
      subject: '{organization} の新しいパスワードの設定',
      body: [
        '{organization} のアカウント {user} について、アドレス {address} ({browser}) から新しいパスワードの設定が要求されました。',
        'リンクは {until} まで、1 回だけ使用できます。2 つ目の認証方法は変わりません。',
      ],
      button: '新しいパスワードを設定',
      after: [ignore],
    },
    'no-password': {
      subject: '{organization} へのサインインについて',
      body: [
        '{organization} のアカウント {user} について、新しいパスワードの設定が要求されました。このアカウントにはパスワードがありません。所属組織またはほかのプロバイダーでサインインしてください。',
      ],
      after: [ignore],
    },
    'verify-address': {
      subject: '{organization} のメールアドレスの確認',
      body: [
        '{organization} のアカウント {user} にこのアドレスが登録されました。ご自身のアドレスであることを確認してください。リンクは {until} まで、1 回だけ使用できます。開くとサインインを求められます。',
      ],
      button: 'アドレスを確認',
      after: [ignore],
    },
    'address-changed': {
      subject: '{organization} のメールアドレスが変更されました',
      body: [
        '{organization} のアカウント {user} のメールアドレスが {newAddress} に変更されました。日時: {at}。',
        'アカウントに関するメールは、新しいアドレスが確認された後、そちらに送信されます。',
        byAdministrator,
      ],
    },
    'confirm-registration': {
      subject: '{organization} のアカウント作成を完了してください',
      body: [
        'このアドレスで {organization} のアカウント作成が要求されました。作成するには、パスワードを設定してください。リンクは {until} まで、1 回だけ使用できます。',
      ],
      button: 'アカウントを作成',
      after: [ignore],
    },
    'already-registered': {
      subject: '{organization} のアカウントはすでにあります',
      body: [
        'このアドレスで {organization} のアカウント作成が要求されましたが、すでにアカウント {user} をお持ちです。',
        '{signInUrl} でサインインしてください。パスワードを忘れた場合は、そこで新しいパスワードを設定できます。',
      ],
      after: [ignore],
    },
    'new-sign-in': {
      subject: '{organization} のアカウントへの新しいサインイン',
      body: [
        '{organization} のアカウント {user} に、これまで使われたことのないブラウザーからサインインがありました。',
        where,
        notYou,
      ],
    },
    'password-changed': {
      subject: '{organization} のパスワードが変更されました',
      body: ['{organization} のアカウント {user} のパスワードが変更されました。', where, notYou],
    },
    'password-set': {
      subject: '管理者が {organization} のパスワードを変更しました',
      body: [
        '管理者が {organization} のアカウント {user} のパスワードを設定しました。日時: {at}。',
        byAdministrator,
      ],
    },
    'factor-added': {
      subject: '{organization} のアカウントに 2 つ目の認証方法が追加されました',
      body: [
        '{organization} のアカウント {user} に 2 つ目の認証方法 ({factor}) が追加されました。',
        where,
        notYou,
      ],
    },
    'factor-removed': {
      subject: '{organization} のアカウントから 2 つ目の認証方法が削除されました',
      body: [
        '{organization} のアカウント {user} から 2 つ目の認証方法 ({factor}) が削除されました。',
        where,
        notYou,
      ],
    },
    'recovery-codes-replaced': {
      subject: '{organization} のアカウントの新しい回復用コード',
      body: [
        '{organization} のアカウント {user} の新しい回復用コードが作成されました。以前のコードは使用できません。',
        where,
        notYou,
      ],
    },
    'access-key-created': {
      subject: '{organization} のアカウントにアクセスキーが作成されました',
      body: [
        '{organization} のアカウント {user} にアクセスキーが作成されました。これを持つ人は、あなたに代わって操作できます。日時: {at}。アドレス: {address}。',
        byAdministrator,
      ],
    },
    'mail-server-changed': {
      subject: '{organization} のメールサーバーが変更されます',
      body: [
        '{organization} のメッセージを送信するメールサーバーが変更されます。変更前：{before}。変更後：{after}。',
        '実行者：{who}。日時：{at}。アドレス：{address}。',
        'このメッセージは {organization} の管理者に送信されています。心当たりがない場合は、すぐに {settingsUrl} を確認してください。メールサーバーを運用する者は、新しいパスワードを設定するためのリンクを読むことができます。',
      ],
    },
    'access-approved': {
      subject: '{organization} でロール {role} を引き受けられるようになりました',
      body: [
        '{organization} のロール {role} に対するリクエストが承認されました。{until} までロールを引き受けることができ、その後は自動的に終了します。',
        '管理者からのコメント: {answer}',
        '認証情報は {rolesUrl} で取得できます。',
      ],
    },
    'access-refused': {
      subject: '{organization} の {role} に対するリクエストは却下されました',
      body: [
        '{organization} のロール {role} に対するリクエストは却下されました。',
        '管理者からのコメント: {answer}',
      ],
    },
    'access-ended': {
      subject: '{organization} の {role} へのアクセスが終了しました',
      body: [
        '管理者が {organization} のロール {role} へのアクセスを終了しました。取得済みの認証情報は使えなくなりました。',
        '{rolesUrl} からもう一度リクエストできます。',
      ],
    },
  },
}
