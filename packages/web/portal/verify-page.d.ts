/** The address of the built page that verifies a package. */
declare module 'virtual:verify-page' {
  const address: string;
  export default address;
}
