/** What came back from a request: ours or not, to be tried again or not. */

/**
 * Whether a refusal is a page of ours to read: not a proxy's, not « too many at once », not an outage.
 * @param {unknown} problem
 * @returns {boolean}
 */
export function isRefusal(problem) {
  return isOurs(problem) && problem.status < 500 && [408, 425, 429].indexOf(problem.status) < 0;
}

/**
 * Whether this is an answer of ours: each carries the policy of our pages.
 * @param {unknown} answer
 * @returns {answer is Response}
 */
export function isOurs(answer) {
  return answer instanceof Response && answer.headers.has("Content-Security-Policy");
}

/** How long to wait before each new try: twice as long each time, until one succeeds. */
export class Patience {
  /**
   * @param {number} first milliseconds
   * @param {number} longest milliseconds
   */
  constructor(first, longest) {
    this.first = first;
    this.longest = longest;
    this.delay = 0;
  }

  /**
   * The next delay, in milliseconds.
   * @returns {number}
   */
  next() {
    this.delay = Math.min(this.longest, this.delay ? this.delay * 2 : this.first);
    return this.delay;
  }

  /** A try succeeded, or the network is back. */
  reset() {
    this.delay = 0;
  }

  /**
   * Whether a try has failed since the last that succeeded.
   * @returns {boolean}
   */
  get failing() {
    return this.delay > 0;
  }
}
