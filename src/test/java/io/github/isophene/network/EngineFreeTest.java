// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.isophene.network.weights.NamedTensor;
import io.github.isophene.network.weights.Safetensors;
import io.github.isophene.network.weights.StateDict;
import org.junit.jupiter.api.Test;

/** Models can be read, written and looked at without the engine. */
class EngineFreeTest {

	@Test
	void modelsDoNotKnowTheEngine() {
		final List<String> wrong = new ArrayList<>();
		int classes = 0;
		for (final JavaClass c : new ClassFileImporter().importClasses(Model.class, ModelCard.class, ModelFile.class,
			CardJson.class, ModelJson.class, Network.class, FeatureOutput.class, EfficientNetLite.class,
			VisionTransformer.class, DefaultModel.class, FixedSeedModel.class, Architecture.class,
			Initialization.class, NoiseCalibration.class, BatchStatistics.class, StateDict.class, NamedTensor.class,
			Safetensors.class))
		{
			classes++;
			c.getDirectDependenciesFromSelf()
				.stream()
				.filter(d -> d.getTargetClass().getPackageName().startsWith("ai.djl"))
				.forEach(d -> wrong.add(d.getDescription()));
		}
		assertEquals(18, classes);
		assertEquals(List.of(), wrong);
	}
}
