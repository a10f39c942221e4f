@echo off
rem Finds a usable Python and hands over to run.py, which prepares what is missing.
setlocal
chcp 65001 >nul
for %%P in ("py -3.13" "py -3.12" "py -3.11" "py -3.14" "python" "python3") do (
    %%~P -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))" >nul 2>&1
    if not errorlevel 1 (
        set "PYTHON=%%~P"
        goto found
    )
)
echo 这台电脑没有能用的 Python。共治通要 3.11、3.12、3.13 或 3.14。
echo 请先安装 Python，安装时勾选“Add python.exe to PATH”，再打开 run.bat。
pause
exit /b 1

:found
%PYTHON% "%~dp0run.py" %*
set "CODE=%ERRORLEVEL%"
rem A window opened by double click would close before the message can be read.
if not "%CODE%"=="0" if "%~1"=="" pause
exit /b %CODE%
