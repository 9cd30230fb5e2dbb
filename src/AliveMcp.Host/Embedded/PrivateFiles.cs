using System.Globalization;
using System.Security.Cryptography;

namespace AliveMcp.Host.Embedded;

/// <summary>Small files that an install keeps to itself: secrets and chosen ports.</summary>
internal static class PrivateFiles
{
    /// <summary>For writing; a new file is readable by its owner alone from the first byte.</summary>
    public static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Writes so that a reader sees the old text or the new one.</summary>
    public static void Write(string path, string text)
    {
        var draft = path + ".new";
        using (var writer = new StreamWriter(Open(draft, FileMode.Create)))
        {
            writer.Write(text);
        }

        File.Move(draft, path, overwrite: true);
    }

    /// <summary>The secret in that file, made by chance (128 bits, hexadecimal) when there is none.</summary>
    public static string Secret(string path)
    {
        if (File.Exists(path))
        {
            return File.ReadAllText(path).Trim();
        }

        var secret = RandomNumberGenerator.GetHexString(32, lowercase: true);
        Write(path, secret + "\n");
        return secret;
    }

    /// <summary>The port in that file while nobody else has it, otherwise a free one, kept there for the next start.</summary>
    public static int Port(string path, int wanted)
    {
        if (wanted > 0)
        {
            return wanted;
        }

        if (
            File.Exists(path)
            && int.TryParse(
                File.ReadAllText(path),
                NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out var kept
            )
            && LoopbackPort.IsFree(kept)
        )
        {
            return kept;
        }

        var chosen = LoopbackPort.FindFree();
        Write(path, chosen.ToString(CultureInfo.InvariantCulture) + "\n");
        return chosen;
    }
}
