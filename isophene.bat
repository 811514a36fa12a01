@echo off
rem Runs Isophene from this checkout without Fiji: isophene <command> key=value ...
rem Compiles where nothing is compiled yet; after a change of the sources delete target\lib.
setlocal
set "home=%~dp0"
if exist "%home%target\lib" goto start
where mvn >nul 2>nul
if errorlevel 1 (
	echo isophene: has to be compiled, which needs Maven 3.8 or newer 1>&2
	exit /b 1
)
echo isophene: compiling; the first time, dependencies are fetched from Maven Central ... 1>&2
call mvn -q -B -f "%home%pom.xml" compile dependency:copy-dependencies -DincludeScope=runtime "-DoutputDirectory=%home%target\lib.new" 1>&2
if errorlevel 1 (
	echo isophene: compiling failed; the reason is above 1>&2
	exit /b 1
)
move "%home%target\lib.new" "%home%target\lib" >nul
:start
set "java=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
rem The folder of jars as a wildcard, because the whole class path is longer than a command line may be.
"%java%" %ISOPHENE_JAVA_OPTS% -cp "%home%target\classes;%home%target\lib\*" io.github.isophene.cli.CommandLine %*
exit /b %errorlevel%
