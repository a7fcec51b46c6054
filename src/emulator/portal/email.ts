/** Loose on purpose: only the mail server knows which addresses exist. Upper case would make one address two. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && text === text.toLowerCase() && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)
}
