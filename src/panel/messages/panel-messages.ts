/** What the panel says in one language. `{name}` stands for a value. */
export interface PanelMessages {
  /** Which way the language is written. */
  readonly direction: 'ltr' | 'rtl'
  readonly labels: Readonly<Record<LabelName, string>>
  /**
   * What verdicts, refusals and failures mean, by their names in the library: `verdict.grace`, `verdict.unlicensed.expired`,
   * `refused.limit-reached`, `deferred.timeout`, `failed.disk-failed`. What is missing here is said in the library's own words, in English.
   */
  readonly sentences: Readonly<Record<string, string>>
}

/** What the panel writes on itself, by name. */
export type LabelName = keyof typeof import('./english.js').englishLabels
