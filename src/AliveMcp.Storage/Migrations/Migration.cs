using System.Security.Cryptography;
using System.Text;

namespace AliveMcp.Storage.Migrations;

/// <summary>One numbered SQL file that the program carries.</summary>
internal sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>SHA-256 of the text: a file that changed after it ran is refused.</summary>
    public byte[] Checksum { get; } = SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n")));

    /// <summary>All files, in the order of their numbers.</summary>
    public static IReadOnlyList<Migration> All()
    {
        const string folder = "migrations/";
        var assembly = typeof(Migration).Assembly;
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Select(name => (File: name[folder.Length..], Text: Read(name)))
                .Select(found => new Migration(
                    int.Parse(found.File.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture),
                    found.File,
                    found.Text
                ))
                .OrderBy(migration => migration.Number),
        ];
    }

    public static string Read(string resource)
    {
        using var stream = typeof(Migration).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
