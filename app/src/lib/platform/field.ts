/** What is wrong with one field, in words; `field` is the control's name and id, or empty for the form as a whole. */
export type FieldFault = { readonly field: string; readonly message: string }
