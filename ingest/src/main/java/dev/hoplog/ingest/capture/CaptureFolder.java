package dev.hoplog.ingest.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A capture as a folder on disk: the given one, or a temporary one that an archive was unpacked into.
 *
 * @param root holds the scrapes, one folder of digits each
 * @param name what the capture calls itself: the file's or folder's name, without "capture" and without endings
 * @param temporary what to delete in the end
 */
public record CaptureFolder(Path root, String name, Optional<TemporaryFolder> temporary) implements AutoCloseable {
    /** A capture may lie so many folders below the given path: {@code NAME/capture/1795408670324}. */
    private static final int DEEPEST_ROOT = 4;

    /** Until the year 5138: a time stamp must hold it. */
    private static final Pattern EPOCH_MILLIS = Pattern.compile("[0-9]{1,14}");

    private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^A-Za-z0-9._@+-]+");

    /**
     * Opens a directory, or unpacks a {@code .tar.gz} or {@code .tgz}.
     *
     * @throws BadCapture if there is no capture at the path, or more than one
     */
    public static CaptureFolder open(Path path) throws BadCapture {
        if (!Files.exists(path)) {
            throw new BadCapture(path + " does not exist");
        }
        if (Files.isDirectory(path)) {
            return new CaptureFolder(rootBelow(path, path), nameOf(path), Optional.empty());
        }
        return unpacked(path, Path.of(System.getProperty("java.io.tmpdir")), Unpacker.Limits.USUAL);
    }

    /** Unpacks an archive into a temporary folder, which stays only for a capture that is closed later. */
    static CaptureFolder unpacked(Path archive, Path parent, Unpacker.Limits limits) throws BadCapture {
        var folder = temporaryIn(parent);
        boolean isCapture = false;
        try {
            Unpacker.unpack(archive, folder.path(), limits);
            var capture = new CaptureFolder(rootBelow(folder.path(), archive), nameOf(archive), Optional.of(folder));
            isCapture = true;
            return capture;
        } finally {
            if (!isCapture) {
                folder.close();
            }
        }
    }

    private static TemporaryFolder temporaryIn(Path parent) throws BadCapture {
        try {
            return TemporaryFolder.in(parent);
        } catch (IOException e) {
            throw new BadCapture("cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    private static Path rootBelow(Path top, Path shown) throws BadCapture {
        var roots = new ArrayList<Path>();
        findRoots(top, 0, roots);
        if (roots.isEmpty()) {
            throw new BadCapture(shown + " holds no capture: expected folders named by epoch milliseconds,"
                    + " such as capture/1795408670324/, with scrape.json and NODE/DAEMON/ folders inside");
        }
        if (roots.size() > 1) {
            throw new BadCapture(shown + " holds " + roots.size() + " captures: name one of "
                    + roots.stream()
                            .map(root -> top.relativize(root).toString())
                            .toList());
        }
        return roots.getFirst();
    }

    private static void findRoots(Path folder, int depth, List<Path> roots) throws BadCapture {
        var children = foldersIn(folder);
        if (children.stream().anyMatch(CaptureFolder::isScrape)) {
            roots.add(folder);
        } else if (depth < DEEPEST_ROOT) {
            for (var child : children) {
                findRoots(child, depth + 1, roots);
            }
        }
    }

    private static boolean isScrape(Path folder) {
        return EPOCH_MILLIS.matcher(folder.getFileName().toString()).matches();
    }

    /** The folders of the scrapes, by time. */
    public List<Path> scrapes() throws BadCapture {
        return foldersIn(root).stream()
                .filter(CaptureFolder::isScrape)
                .sorted(Comparator.comparingLong(
                        folder -> Long.parseLong(folder.getFileName().toString())))
                .toList();
    }

    static List<Path> foldersIn(Path folder) throws BadCapture {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new BadCapture("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private static String nameOf(Path path) {
        var absolute = path.toAbsolutePath().normalize();
        var file = String.valueOf(absolute.getFileName());
        var name = file.replaceFirst("\\.(tar\\.gz|tgz)$", "");
        var parent = absolute.getParent();
        // recordings/stop-reaching-pve02/capture.tar.gz is called by its folder.
        var chosen = name.equals("capture") && parent != null && parent.getFileName() != null
                ? parent.getFileName().toString()
                : name;
        return asName(chosen);
    }

    /** What a network may be called that was made of a file's name. */
    static String asName(String file) {
        return NOT_IN_A_NAME.matcher(file).replaceAll("-");
    }

    @Override
    public void close() {
        temporary.ifPresent(TemporaryFolder::close);
    }
}
