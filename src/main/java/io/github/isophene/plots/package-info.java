// SPDX-License-Identifier: BSD-2-Clause
/**
 * Plots in one house style: white ground, colors that people with a color-vision
 * deficiency tell apart, names beside the lines instead of a legend, fonts that can be
 * read. What is plotted comes as plain numbers; a plot becomes a PNG file or a window. Gray pictures
 * side by side ({@link io.github.isophene.plots.PictureGrid}) are for comparing images by eye.
 *
 * <pre>
 * LinePlot plot = new LinePlot("", "Epoch", "Accuracy").yRange(0, 1).line("training", x, y);
 * Png.write(file, 480, 360, plot.chart());
 * </pre>
 *
 * <p>May know: files.</p>
 */
package io.github.isophene.plots;
