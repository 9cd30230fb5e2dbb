namespace AliveMcp.Testing.Storage;

internal static class TestFolders
{
    /// <summary>A server that is still shutting down may hold a file: what cannot be deleted is the temp folder's to keep.</summary>
    public static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // Left for the system's own cleaning.
        }
        catch (UnauthorizedAccessException)
        {
            // Likewise.
        }
    }
}
