/** BGP as it stands on the wire: path attributes and NLRI, for whoever prints or sends them unread. */
@NullMarked
package dev.hoplog.ingest.parse.bgp;

import org.jspecify.annotations.NullMarked;
