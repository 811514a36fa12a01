// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.downstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.isophene.numerics.FalseDiscoveryRate;
import io.github.isophene.numerics.RandomStream;
import io.github.isophene.numerics.ShrunkCovariance;
import org.junit.jupiter.api.Test;

/** Values of SciPy, scikit-learn and statsmodels, made by {@code src/test/python/golden_downstream.py}. */
class LogLogisticTest {

	@Test
	void parametersErrorsAndFTestAreThoseOfSciPy() throws IOException {
		for (final JsonElement element : golden().getAsJsonArray("curves")) {
			final JsonObject c = element.getAsJsonObject();
			final String name = c.get("name").getAsString();
			final LogLogistic fit = LogLogistic.fit(numbers(c, "dose"), numbers(c, "response"));
			near(c, "bottom", fit.bottom(), 1e-4, name);
			near(c, "top", fit.top(), 1e-4, name);
			near(c, "ec50", fit.ec50(), 1e-4, name);
			near(c, "slope", fit.slope(), 1e-4, name);
			near(c, "error", fit.error(), 1e-3, name);
			near(c, "low", fit.interval()[0], 1e-3, name);
			near(c, "high", fit.interval()[1], 1e-3, name);
			near(c, "f", fit.f(), 1e-5, name);
			near(c, "p", fit.p(), 1e-3, name);
		}
	}

	@Test
	void rankCorrelationIsThatOfSciPy() throws IOException {
		for (final JsonElement element : golden().getAsJsonArray("curves")) {
			final JsonObject c = element.getAsJsonObject();
			final DoseCurve curve = curve(numbers(c, "dose"), numbers(c, "response"));
			near(c, "rho", curve.rho(), 1e-9, "");
			near(c, "rhoP", curve.rhoP(), 1e-6, "");
			assertEquals(
				c.get("name").getAsString().equals("falling") ? DoseCurve.Call.FALLING : DoseCurve.Call.RESPONSE,
				curve.call());
		}
	}

	@Test
	void callsSayWhatTheDosesDetermine() {
		final double[] dose = {0, 0, 0, 0, 1, 1, 2, 2, 4, 4, 8, 8, 16, 16};
		assertEquals(DoseCurve.Call.STEP, curve(dose, response(dose, 3, 19)).call());
		assertEquals(DoseCurve.Call.EC50_ABOVE_DOSES, curve(dose, response(dose, 60, 1.5)).call());
		assertEquals(DoseCurve.Call.EC50_BELOW_DOSES, curve(dose, response(dose, .2, 1.5)).call());
		final DoseCurve step = curve(dose, response(dose, 3, 19));
		assertEquals(2, step.fit().low());
		assertEquals(4, step.fit().high());
	}

	private static double[] response(final double[] dose, final double ec50, final double slope) {
		final double[] response = new double[dose.length];
		for (int i = 0; i < dose.length; i++)
			response[i] = 1 + 5 * LogLogistic.share(dose[i], Math.log(ec50), slope) + .02 * (i % 3 - 1);
		return response;
	}

	private static DoseCurve curve(final double[] dose, final double[] response) {
		final List<WellDistance> wells = new ArrayList<>();
		for (int i = 0; i < dose.length; i++)
			wells.add(new WellDistance("P", "W" + i, dose[i] > 0 ? "compound" : "", dose[i] > 0 ? dose[i] : Double.NaN,
				dose[i] == 0, response[i]));
		return DoseCurve.of(wells).get(0);
	}

	@Test
	void distancesByAShrunkenCovarianceAreThoseOfScikitLearn() throws IOException {
		for (final JsonElement element : golden().getAsJsonArray("covariances")) {
			final JsonObject c = element.getAsJsonObject();
			final int n = c.get("rows").getAsInt();
			final int d = c.get("features").getAsInt();
			final int k = c.get("k").getAsInt();
			final double[][] x = new double[n][d];
			final double[] mean = new double[d];
			for (int i = 0; i < n; i++) {
				for (int j = 0; j < d; j++) {
					x[i][j] = ((5 * i * i + 7 * j + 3 * i * j + k) % 19 - 9) / 5.0;
					mean[j] += x[i][j] / n;
				}
			}
			for (final double[] row : x) for (int j = 0; j < d; j++) row[j] -= mean[j];
			final ShrunkCovariance covariance = ShrunkCovariance.of(x);
			assertEquals(c.get("shrinkage").getAsDouble(), covariance.shrinkage(), 1e-9);
			final double[] squares = numbers(c, "squares");
			for (int i = 0; i < squares.length; i++) {
				final double[] probe = new double[d];
				for (int j = 0; j < d; j++) probe[j] = ((3 * i + 2 * j * j + k) % 13 - 6) / 3.0;
				assertEquals(squares[i], covariance.squaredDistance(probe), 1e-6 * squares[i]);
			}
		}
	}

	@Test
	void falseDiscoveryRatesAreThoseOfStatsmodels() throws IOException {
		final double[] q = FalseDiscoveryRate.adjust(numbers(golden(), "p"));
		final double[] expected = numbers(golden(), "q");
		for (int i = 0; i < q.length; i++) assertEquals(expected[i], q[i], 1e-12);
	}

	@Test
	void fewWellsWithoutAnEffectRarelyHaveACurve() {
		final RandomStream random = RandomStream.of(3, "null curves");
		int below = 0;
		final int all = 400;
		for (int k = 0; k < all; k++) {
			final double[] dose = new double[16 + 9 * 4];
			final double[] response = new double[dose.length];
			for (int i = 0; i < dose.length; i++) {
				dose[i] = i < 16 ? 0 : Math.pow(2, (i - 16) / 4);
				// Distances are skewed to the right.
				response[i] = Math.exp(.25 * random.nextGaussian());
			}
			if (LogLogistic.fit(dose, response).p() < .05) below++;
		}
		assertTrue(below < .09 * all, below + " of " + all);
		assertTrue(below > 0, "the test never rejects");
	}

	@Test
	void aConstantHasNoCurve() {
		final double[] dose = {0, 0, 0, 1, 2, 4, 8, 16};
		final double[] response = new double[dose.length];
		Arrays.fill(response, 2);
		final LogLogistic fit = LogLogistic.fit(dose, response);
		assertEquals(1, fit.p(), 1e-9);
		assertEquals(2, fit.at(5), 1e-9);
	}

	@Test
	void tooFewPointsAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> LogLogistic.fit(new double[]{0, 1, 2}, new double[3]));
		assertThrows(IllegalArgumentException.class, () -> LogLogistic.fit(new double[8], new double[8]));
	}

	static JsonObject golden() throws IOException {
		try (Reader reader = new InputStreamReader(LogLogisticTest.class.getResourceAsStream("golden.json"),
			StandardCharsets.UTF_8))
		{
			return JsonParser.parseReader(reader).getAsJsonObject();
		}
	}

	static double[] numbers(final JsonObject from, final String name) {
		final JsonArray array = from.getAsJsonArray(name);
		return StreamSupport.stream(array.spliterator(), false).mapToDouble(JsonElement::getAsDouble).toArray();
	}

	private static void near(final JsonObject golden, final String name, final double value, final double share,
		final String curve)
	{
		final double expected = golden.get(name).getAsDouble();
		assertEquals(expected, value, share * Math.abs(expected), curve + ": " + name);
	}
}
