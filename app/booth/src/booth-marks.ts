/** Marks after one press, in the order of the paper: an answer is marked or no longer. */
export const toggled = (marks: readonly number[], place: number): readonly number[] =>
  marks.includes(place) ? marks.filter((other) => other !== place) : [...marks, place].toSorted((a, b) => a - b)
