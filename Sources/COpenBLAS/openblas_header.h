// The routines of LAPACK that we call, declared here since Debian's OpenBLAS brings no <lapack.h>.
// Matrices are in column order; LAPACK's reference: https://www.netlib.org/lapack/explore-html/
void spotrf_(const char *triangle, const int *order, float *matrix, const int *stride, int *fault);
void spotri_(const char *triangle, const int *order, float *matrix, const int *stride, int *fault);
