using System.Text;
using Stagedoor.Api;

namespace Stagedoor.Watchers;

/// <summary>What came of reading one file.</summary>
/// <param name="Stamp">State of the file when it was read; null if it is missing.</param>
/// <param name="Documents">Its documents; null if it is missing or changed while it was read.</param>
internal readonly record struct FileReading(FileStamp? Stamp, DocumentSet? Documents);

/// <summary>Reads one file: bytes, text, documents. Errors become diagnostics.</summary>
internal static class FileReader
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    public static FileReading Read(FileSourceOptions options, string relative)
    {
        var path = Path.Combine(options.Directory, relative);
        if (FileStamp.Of(path) is not { IsFolder: false } before) return default;
        if (before.Size > options.MaxFileBytes)
            return Failed(before, relative, $"larger than {options.MaxFileBytes} bytes");
        try
        {
            var bytes = ReadBytes(path, options.MaxFileBytes);
            var after = FileStamp.Of(path);
            // Somebody is writing, or the file is another one by now: an event or the next comparison brings us back.
            if (after != before || bytes.Length != before.Size) return new FileReading(after, null);
            return new FileReading(before, Parse(bytes, relative, options.Reader));
        }
        catch (FileNotFoundException)
        {
            return default;
        }
        catch (DirectoryNotFoundException)
        {
            return default;
        }
        catch (UnauthorizedAccessException)
        {
            return Failed(before, relative, "access is denied");
        }
        catch (IOException error)
        {
            return Failed(before, relative, $"it cannot be read (error {error.HResult & 0xFFFF})");
        }
    }

    private static byte[] ReadBytes(string path, long limit)
    {
        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var bytes = new byte[Math.Min(file.Length, limit)];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == bytes.Length ? bytes : bytes[..length];
    }

    private static DocumentSet Parse(byte[] bytes, string relative, DocumentReaderOptions options)
    {
        try
        {
            return DocumentReader.Read(Decode(bytes), relative, options);
        }
        catch (DecoderFallbackException error)
        {
            var line = 1 + bytes.AsSpan(0, Math.Clamp(error.Index, 0, bytes.Length)).Count((byte)'\n');
            return Unreadable(relative, line, "the text is not UTF-8");
        }
    }

    /// <summary>The encodings that YAML allows, told by their byte order marks.</summary>
    private static string Decode(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Utf8.GetString(bytes, 3, bytes.Length - 3),
        [0xFF, 0xFE, ..] => new UnicodeEncoding(false, false, true).GetString(bytes, 2, bytes.Length - 2),
        [0xFE, 0xFF, ..] => new UnicodeEncoding(true, false, true).GetString(bytes, 2, bytes.Length - 2),
        _ => Utf8.GetString(bytes),
    };

    private static FileReading Failed(FileStamp stamp, string relative, string reason) =>
        new(stamp, Unreadable(relative, 0, reason));

    private static DocumentSet Unreadable(string relative, int line, string reason) => new()
    {
        HasUnidentified = true,
        Diagnostics =
        [
            new Diagnostic(FileCodes.Unreadable, Severity.Error, reason)
            {
                Source = new SourceLocation(relative, line),
            },
        ],
    };
}
