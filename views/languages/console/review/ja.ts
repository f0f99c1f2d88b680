// The messages of what the policy editor says while somebody types, which is sent to the browser in Japanese.
export const review = {
  Answer: '回答',
  'In words': '文章で',
  Tests: 'テスト',
  Error: 'エラー',
  Warning: '警告',
  Note: '注記',
  'Line {line}': '{line} 行目',
  'Not run': '未実行',
  Why: '理由',
  'Not run: the document has errors.': '未実行：ドキュメントにエラーがあります。',
  'The test passes.': 'テストに合格しました。',
  'All {count} tests pass.': '{count} 件のテストすべてに合格しました。',
  '{failing} of {count} test fails.': '{count} 件中 {failing} 件のテストが不合格です。',
  '{failing} of {count} tests fail.': '{count} 件中 {failing} 件のテストが不合格です。',
  'None. Ask the document a question, then keep it as a test: the policy is not saved here while a test fails.':
    'なし。ドキュメントに質問し、それをテストとして残してください。不合格のテストがある間、このページではポリシーを保存できません。',
  'Edit test {number}': 'テスト {number} を編集',
  'Remove test {number}': 'テスト {number} を削除',
  Close: '閉じる',
  'Selection deleted': '選択範囲を削除しました',
} as const
