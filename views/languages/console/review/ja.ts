// The messages of what the policy editor says while somebody types, which is sent to the browser in Japanese.
export const review = {
  Answer: '回答',
  'In words': '文章で',
  Tests: 'テスト',
} as const
