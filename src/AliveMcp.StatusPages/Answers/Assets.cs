using System.Security.Cryptography;

namespace AliveMcp.StatusPages.Answers;

/// <summary>The files that the room carries inside its assembly.</summary>
internal static class Assets
{
    public static byte[] Read(string name)
    {
        using var stream =
            typeof(Assets).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("The assembly carries no such file.", name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A name that changes with the bytes, for example <c>/assets/site.3f2a9c01d4e7.css</c>.</summary>
    public static string HashedPath(string stem, string extension, ReadOnlySpan<byte> bytes) =>
        $"/assets/{stem}.{Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}.{extension}";
}
