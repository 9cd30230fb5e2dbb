using System.Security.Cryptography;

namespace AliveMcp.Dashboard.Looks;

/// <summary>What these pages have beside the stylesheet of all pages, under a name that carries its hash.</summary>
internal static class AccountStyles
{
    public static byte[] Css { get; } = [.. Read("account.css"), .. Read("lists.css"), .. Read("alerts.css")];

    public static string Path { get; } = $"/assets/account.{Convert.ToHexStringLower(SHA256.HashData(Css))[..12]}.css";

    private static byte[] Read(string name)
    {
        using var stream = typeof(AccountStyles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
