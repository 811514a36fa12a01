// SPDX-License-Identifier: BSD-2-Clause
/**
 * Numerical methods on plain arrays: matrices, eigenvalues, nearest neighbors, principal components, t-SNE, k-means,
 * logistic regression, L-BFGS, tests of hypotheses, and random numbers addressed by place instead of by order.
 * Results do not depend on the number of threads.
 * <p>
 * Logistic regression, t-SNE and k-means are written here because the Java libraries that have them (Smile, Tribuo,
 * ELKI) bring 19 to 30 jars, some with native BLAS, into somebody's Fiji. Eigen decompositions are EJML's, which Fiji
 * has. Products of large matrices may run on the engine; they give the same bits on every run of one machine.
 * </p>
 * <p>Depends on: engine (products of large matrices only), progress, files.</p>
 */
package io.github.isophene.numerics;
