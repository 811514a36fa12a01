// SPDX-License-Identifier: BSD-2-Clause
/** Words of the messages that users read. */
package io.github.isophene.messages;
