// Answers of operations and of the policy engine in Japanese. `{name}` stands for any text.
export const answers = {
  'Your sign-in is too old for this. Sign in again in another tab, then send this form once more. Nothing was lost.':
    'サインインから時間がたっているため、この操作はできません。別のタブで再度サインインしてから、このフォームをもう一度送信してください。入力内容は失われていません。',
  'There is nothing at this address.': 'このアドレスには何もありません。',
  'You may not do {action}: {decision}.': '{action} を行う権限がありません：{decision}。',
  'denied because {layer} does not allow it': '{layer}で許可されていないため拒否されました',
} as const
